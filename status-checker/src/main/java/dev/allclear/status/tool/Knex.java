package dev.allclear.status.tool;

import java.util.Set;

/**
 * Knex' {@code knex_migrations}. A failed migration leaves no row; a killed process leaves {@code knex_migrations_lock.is_locked} at 1, and every
 * later deploy refuses to run.
 */
final class Knex {
    private Knex() {}

    static TrackingTool tool() {
        return TrackingTool.of("knex", "knex_migrations", Set.of("id", "name", "batch", "migration_time"), """
                        -- Which migrations has Knex recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, name, batch, extract(epoch from migration_time)) as key,
                               null::text as version, name::text as name, 'APPLIED' as state, migration_time::timestamptz as at
                        from {table} order by id
                        """)
                .lockedBy(new LockTable(Set.of("knex_migrations_lock"), """
                        -- Does somebody hold Knex' lock? ACCESS SHARE on its lock table.
                        select null::text as holder, null::timestamptz as since from {table} where is_locked = 1
                        """, "UPDATE {table} SET is_locked = 0;"));
    }
}
