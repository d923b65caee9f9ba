package dev.allclear.status.tool;

import java.util.Set;

/**
 * Prisma's {@code _prisma_migrations}: a row for each attempt, so several of a name after retries. Begun and not ended is a failure, whose
 * error Prisma keeps in {@code logs}; {@code migrate resolve --applied} writes a row with no step executed.
 */
final class Prisma {
    private Prisma() {}

    static TrackingTool tool() {
        return TrackingTool.of(
                        "prisma",
                        "_prisma_migrations",
                        Set.of(
                                "id",
                                "checksum",
                                "finished_at",
                                "migration_name",
                                "logs",
                                "rolled_back_at",
                                "started_at",
                                "applied_steps_count"),
                        """
                        -- Which migrations has Prisma recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, extract(epoch from finished_at), extract(epoch from rolled_back_at), applied_steps_count) as key,
                               null::text as version, migration_name::text as name,
                               case when rolled_back_at is not null then 'REVERTED'
                                    when finished_at is null and logs <> '' then 'FAILED'
                                    when finished_at is null then 'DIRTY'
                                    when applied_steps_count = 0 then 'RECORDED'
                                    else 'APPLIED' end as state,
                               coalesce(finished_at, started_at)::timestamptz as at,
                               case when finished_at is null then left(logs, 2000) end as failure
                        from {table} order by started_at, finished_at
                        """)
                .mendedBy("mend what stands of it, then run `prisma migrate resolve`");
    }
}
