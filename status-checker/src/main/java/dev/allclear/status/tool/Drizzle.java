package dev.allclear.status.tool;

import java.util.Set;

/**
 * Drizzle's {@code drizzle.__drizzle_migrations}: the SHA-256 of a migration's file, and {@code created_at}, which is the {@code when} of its entry in
 * {@code meta/_journal.json} and not the time of running. The migration's name is not there.
 */
final class Drizzle {
    private Drizzle() {}

    static TrackingTool tool() {
        return TrackingTool.of("drizzle", "__drizzle_migrations", Set.of("id", "hash", "created_at"), """
                        -- Which migrations has Drizzle recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, hash, created_at) as key, created_at::text as version, hash as name, 'APPLIED' as state,
                               array_remove(array[to_jsonb(d) ->> 'name'], null) as aliases
                        from {table} d order by created_at, id
                        """)
                .targets(
                        TargetRule.EACH_ROW,
                        Naming::exact,
                        "\"when\" of its entry in meta/_journal.json, or the SHA-256 of its file");
    }
}
