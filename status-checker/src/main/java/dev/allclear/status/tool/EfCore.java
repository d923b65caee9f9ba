package dev.allclear.status.tool;

import java.util.Set;

/**
 * EF Core's {@code "__EFMigrationsHistory"}, or with snake case naming the same table with {@code migration_id}.
 */
final class EfCore {
    private EfCore() {}

    static TrackingTool tool() {
        return TrackingTool.of("efcore", "__EFMigrationsHistory", Set.of(), """
                        -- Which migrations has EF Core recorded? ACCESS SHARE on its table.
                        select id as key, null::text as version, id as name, 'APPLIED' as state
                        from (select coalesce(to_jsonb(h) ->> 'MigrationId', to_jsonb(h) ->> 'migration_id') as id from {table} h) as ids
                        order by id
                        """)
                .alsoNamed("__ef_migrations_history")
                .onlyWhere(shape -> shape.has(Set.of("MigrationId")) || shape.has(Set.of("migration_id")));
    }
}
