package dev.allclear.status.tool;

import java.util.Set;

/**
 * Rails' {@code schema_migrations (version character varying)}, beside {@code ar_internal_metadata}: a row for each version, without a name, a
 * time or a state.
 */
final class Rails {
    /** Stands beside the table of every Rails since 5. */
    static final String METADATA = "ar_internal_metadata";

    private Rails() {}

    static TrackingTool tool() {
        return TrackingTool.of("rails", "schema_migrations", Set.of("version"), """
                        -- Which migrations has Rails recorded? ACCESS SHARE on its table.
                        select version::text as key, version::text as version, version::text as name, 'APPLIED' as state
                        from {table} order by version
                        """)
                .onlyWhere(shape -> shape.hasOnly(Set.of("version"))
                        && shape.type("version").startsWith("character varying")
                        && shape.neighbours().contains(METADATA));
    }
}
