package dev.allclear.status.tool;

import java.util.Set;

/**
 * sql-migrate's {@code gorp_migrations}: a row for each file.
 */
final class SqlMigrate {
    private SqlMigrate() {}

    static TrackingTool tool() {
        return TrackingTool.of("sql-migrate", "gorp_migrations", Set.of("id", "applied_at"), """
                        -- Which migrations has sql-migrate recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, extract(epoch from applied_at)) as key, null::text as version, id::text as name,
                               'APPLIED' as state, applied_at::timestamptz as at
                        from {table} order by applied_at, id
                        """);
    }
}
