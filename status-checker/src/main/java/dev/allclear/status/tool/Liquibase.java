package dev.allclear.status.tool;

import java.util.Set;

/**
 * Liquibase's {@code databasechangelog}. A changeset is told by file, id and author; failures and skipped changesets leave no row,
 * {@code MARK_RAN} is recorded without having been executed. Its lock is a row of {@code databasechangeloglock}, left standing when the
 * process was killed: every later deploy then waits.
 */
final class Liquibase {
    private Liquibase() {}

    static TrackingTool tool() {
        return TrackingTool.of(
                        "liquibase",
                        "databasechangelog",
                        Set.of("id", "author", "filename", "dateexecuted", "orderexecuted", "exectype", "md5sum"),
                        """
                        -- Which changesets has Liquibase recorded? ACCESS SHARE on its change log table.
                        select concat_ws('|', orderexecuted, filename, id, author, exectype, md5sum, extract(epoch from dateexecuted)) as key,
                               id::text as version, concat_ws('::', filename, id, author) as name,
                               coalesce(to_jsonb(l) ->> 'description', '') as description,
                               case exectype when 'MARK_RAN' then 'RECORDED' when 'SKIPPED' then 'RECORDED' when 'FAILED' then 'FAILED' else 'APPLIED' end as state,
                               dateexecuted::timestamptz as local_at,
                               array_remove(array[concat_ws('::', id, author), concat_ws(':', author, id), to_jsonb(l) ->> 'tag'], null) as aliases
                        from {table} l order by dateexecuted, orderexecuted
                        """)
                .alsoNamed("DATABASECHANGELOG")
                .targets(
                        TargetRule.EACH_ROW,
                        Naming::exact,
                        "the changeset's id, id::author or file::id::author, or a tag")
                .repeatingVersions()
                .lockedBy(new LockTable(
                        Set.of("databasechangeloglock", "DATABASECHANGELOGLOCK"),
                        """
                        -- Does somebody hold Liquibase's lock? ACCESS SHARE on its lock table.
                        select lockedby::text as holder, lockgranted::timestamptz as since from {table} where locked
                        """,
                        "UPDATE {table} SET locked = false, lockgranted = NULL, lockedby = NULL WHERE id = 1;"));
    }
}
