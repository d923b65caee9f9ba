package dev.allclear.status.tool;

import java.util.Set;

/**
 * sqlx' {@code _sqlx_migrations}: a migration outside a transaction is written down with {@code success = false} before it runs.
 */
final class Sqlx {
    private Sqlx() {}

    static TrackingTool tool() {
        return TrackingTool.of(
                        "sqlx",
                        "_sqlx_migrations",
                        Set.of("version", "description", "installed_on", "success", "checksum", "execution_time"),
                        """
                        -- Which migrations has sqlx recorded? ACCESS SHARE on its table.
                        select concat_ws('|', version, success, extract(epoch from installed_on)) as key, version::text as version,
                               version || '_' || replace(description, ' ', '_') as name, description,
                               case when success then 'APPLIED' else 'DIRTY' end as state, installed_on::timestamptz as at
                        from {table} order by version
                        """)
                .mendedBy("see what of it stands, mend it, and delete its row from _sqlx_migrations");
    }
}
