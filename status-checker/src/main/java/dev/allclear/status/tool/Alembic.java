package dev.allclear.status.tool;

import java.util.Set;

/**
 * Alembic's {@code alembic_version}: only the heads, one row each, without a time. What lies behind a head is known to Alembic's files alone.
 */
final class Alembic {
    private Alembic() {}

    static TrackingTool tool() {
        return TrackingTool.of("alembic", "alembic_version", Set.of("version_num"), """
                        -- At which heads does Alembic stand? ACCESS SHARE on its table.
                        select version_num::text as key, version_num::text as version, version_num::text as name, 'APPLIED' as state
                        from {table} order by version_num
                        """)
                .targets(TargetRule.HEADS, Naming::exact, "the revision's id, the last one being the head");
    }
}
