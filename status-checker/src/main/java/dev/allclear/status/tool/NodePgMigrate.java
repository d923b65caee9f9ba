package dev.allclear.status.tool;

import java.util.Set;

/**
 * node-pg-migrate's {@code pgmigrations}: a row for each file; a failed run leaves none of its rows.
 */
final class NodePgMigrate {
    private NodePgMigrate() {}

    static TrackingTool tool() {
        return TrackingTool.of("node-pg-migrate", "pgmigrations", Set.of("id", "name", "run_on"), """
                        -- Which migrations has node-pg-migrate recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, name, extract(epoch from run_on)) as key, null::text as version, name::text as name,
                               'APPLIED' as state, run_on::timestamptz as local_at
                        from {table} order by id
                        """);
    }
}
