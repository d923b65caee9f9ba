package dev.allclear.status.tool;

import java.util.Set;

/**
 * Sqitch's {@code sqitch.changes}, and its {@code events}, which keep failures for ever: one counts until its project deploys anything
 * after it, since a plan goes on only where the change succeeded or was taken out. A change may come again under the same name in
 * another tag of the plan.
 */
final class Sqitch {
    private Sqitch() {}

    static TrackingTool tool() {
        return TrackingTool.of(
                        "sqitch",
                        "changes",
                        Set.of("change_id", "script_hash", "change", "project", "note", "committed_at", "planned_at"),
                        """
                        -- Which changes has Sqitch deployed, and which failed? ACCESS SHARE on its changes and events.
                        select key, null::text as version, name, description, state, at, aliases from (
                            select concat_ws('|', change_id, extract(epoch from committed_at)) as key, change as name, note as description,
                                   'APPLIED' as state, committed_at::timestamptz as at, array[project || ':' || change, change_id] as aliases
                            from {table}
                            union all
                            select concat_ws('|', 'fail', change_id, extract(epoch from committed_at)), change, note,
                                   'FAILED', committed_at::timestamptz, array[project || ':' || change, change_id]
                            from {schema}.events f where event = 'fail' and not exists (
                                select from {schema}.events d
                                where d.project = f.project and d.event in ('deploy', 'merge') and d.committed_at > f.committed_at)
                            ) as all_of_them
                        order by at, key
                        """)
                .readingAlso("events")
                .targets(TargetRule.EACH_ROW, Naming::exact, "the change's name, project:name or its id");
    }
}
