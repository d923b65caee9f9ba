package dev.allclear.status.tool;

import java.util.Set;

/**
 * Atlas' {@code atlas_schema_revisions}, usually in a schema of the same name: {@code applied} of {@code total} statements says exactly where a
 * migration stopped, and the failing statement stands beside it. {@code type} is a set of bits: 1 baseline, 2 executed, 4 resolved by hand.
 */
final class Atlas {
    private Atlas() {}

    static TrackingTool tool() {
        return TrackingTool.of(
                        "atlas",
                        "atlas_schema_revisions",
                        Set.of(
                                "version",
                                "description",
                                "type",
                                "applied",
                                "total",
                                "executed_at",
                                "error",
                                "error_stmt",
                                "hash"),
                        """
                        -- Which revisions has Atlas recorded, and where did each stop? ACCESS SHARE on its table.
                        select concat_ws('|', version, type, applied, total, md5(error), extract(epoch from executed_at)) as key,
                               version::text as version, concat_ws('_', version, nullif(description, '')) as name, description::text,
                               case when version like '.%' or type = 1 then 'BOOKKEEPING'
                                    when type & 4 = 4 then 'RECORDED'
                                    when coalesce(error, '') <> '' or applied < total then 'FAILED'
                                    else 'APPLIED' end as state,
                               executed_at::timestamptz as at,
                               case when coalesce(error, '') <> '' or applied < total
                                    then left(concat(applied, ' of ', total, ' statements applied; stopped at: ', error_stmt, ' — ', error), 2000) end as failure
                        from {table} order by executed_at, version
                        """)
                .mendedBy("mend the statement that it stopped at, then run `atlas migrate apply` again");
    }
}
