package dev.allclear.status.tool;

import java.util.Set;

/**
 * pgroll's {@code pgroll.migrations}. A migration may stay started for days, old and new schema side by side, until it is completed: that is
 * how pgroll works, and no failure. Changes made by others are kept as {@code inferred}.
 */
final class Pgroll {
    private Pgroll() {}

    static TrackingTool tool() {
        return TrackingTool.of(
                        "pgroll",
                        "migrations",
                        Set.of("schema", "name", "migration", "created_at", "updated_at", "parent", "done"),
                        """
                        -- Which migrations has pgroll started or completed? ACCESS SHARE on its table.
                        select concat_ws('|', schema, name, done) as key, null::text as version, name::text as name,
                               case when done then '' else 'started, not yet completed' end as description,
                               case when to_jsonb(m) ->> 'migration_type' = 'inferred' then 'BOOKKEEPING' else 'APPLIED' end as state,
                               created_at::timestamptz as local_at
                        from {table} m order by created_at, name
                        """)
                .targets(TargetRule.EACH_ROW, Naming::exact, "the migration's name");
    }
}
