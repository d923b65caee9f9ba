package dev.allclear.status.tool;

import java.util.Set;

/**
 * Sequelize's {@code "SequelizeMeta" (name)}: a row for each file that ran, nothing else.
 */
final class Sequelize {
    private Sequelize() {}

    static TrackingTool tool() {
        return TrackingTool.of("sequelize", "SequelizeMeta", Set.of("name"), """
                        -- Which migrations has Sequelize recorded? ACCESS SHARE on its table.
                        select name::text as key, null::text as version, name::text as name, 'APPLIED' as state
                        from {table} order by name
                        """);
    }
}
