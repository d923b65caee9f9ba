package dev.allclear.status.tool;

import java.util.Set;

/**
 * dbmate's {@code schema_migrations (version varchar)}: a row for each version, nothing else. Rails has the same table, and {@code
 * ar_internal_metadata} beside it; a Rails before 5, which has not, must be named.
 */
final class Dbmate {
    private Dbmate() {}

    static TrackingTool tool() {
        return TrackingTool.of("dbmate", "schema_migrations", Set.of("version"), """
                        -- Which migrations has dbmate recorded? ACCESS SHARE on its table.
                        select version::text as key, version::text as version, version::text as name, 'APPLIED' as state
                        from {table} order by version
                        """)
                .onlyWhere(shape -> shape.hasOnly(Set.of("version"))
                        && shape.type("version").startsWith("character varying")
                        && !shape.neighbours().contains(Rails.METADATA));
    }
}
