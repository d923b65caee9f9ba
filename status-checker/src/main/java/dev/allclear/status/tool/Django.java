package dev.allclear.status.tool;

import java.util.Set;

/**
 * Django's {@code django_migrations}. Names are unique in their app only: every app has its {@code 0001_initial}.
 */
final class Django {
    private Django() {}

    static TrackingTool tool() {
        return TrackingTool.of("django", "django_migrations", Set.of("id", "app", "name", "applied"), """
                        -- Which migrations has Django recorded? ACCESS SHARE on its table.
                        select concat_ws('|', id, app, name, extract(epoch from applied)) as key,
                               null::text as version, app || '.' || name as name, 'APPLIED' as state, applied::timestamptz as at,
                               array_remove(array[app || ' ' || name, app || '/' || name, app || '.' || substring(name from '^[0-9]+'),
                                   app || ' ' || substring(name from '^[0-9]+')], null) as aliases
                        from {table} order by id
                        """)
                .targets(TargetRule.EACH_ROW, Naming::exact, "app.0002_name or app.0002");
    }
}
