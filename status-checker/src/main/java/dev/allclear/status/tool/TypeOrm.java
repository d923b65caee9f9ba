package dev.allclear.status.tool;

import java.util.Set;

/**
 * TypeORM's {@code migrations}: the class name and the number in it, which is a time of writing and not of running.
 */
final class TypeOrm {
    private TypeOrm() {}

    static TrackingTool tool() {
        return TrackingTool.of("typeorm", "migrations", Set.of("id", "timestamp", "name"), """
                        -- Which migrations has TypeORM recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, timestamp, name) as key, timestamp::text as version, name::text as name, 'APPLIED' as state,
                               array[timestamp || '-' || regexp_replace(name, timestamp || '$', '')] as aliases
                        from {table} order by id
                        """)
                .targets(
                        TargetRule.EACH_ROW,
                        Naming::fileLike,
                        "the migration's class name, its number or its file name");
    }
}
