package dev.allclear.status.tool;

import java.util.Set;

/**
 * goose's {@code goose_db_version}: a row for each version that was applied and, in older releases, one more for each that was taken
 * back. Version 0 is its own mark.
 */
final class Goose {
    private Goose() {}

    static TrackingTool tool() {
        return TrackingTool.of("goose", "goose_db_version", Set.of("id", "version_id", "is_applied", "tstamp"), """
                        -- Which migrations has goose recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, version_id, is_applied) as key, version_id::text as version, version_id::text as name,
                               case when version_id = 0 then 'BOOKKEEPING' when is_applied then 'APPLIED' else 'REVERTED' end as state,
                               tstamp::timestamptz as local_at
                        from {table} order by id
                        """);
    }
}
