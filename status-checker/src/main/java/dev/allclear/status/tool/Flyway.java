package dev.allclear.status.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Flyway's {@code flyway_schema_history} (before Flyway 5: {@code schema_version}). A failed migration usually leaves no row at
 * all, neither a transactional one nor, with the default transactional lock, a non-transactional one; {@code success = false} is
 * written only otherwise. Rows are ordered by {@code installed_rank}, which has gaps; a repeatable script has no version.
 */
final class Flyway {
    private Flyway() {}

    static TrackingTool tool() {
        return TrackingTool.of(
                        "flyway",
                        "flyway_schema_history",
                        Set.of(
                                "installed_rank",
                                "version",
                                "description",
                                "type",
                                "script",
                                "checksum",
                                "installed_on",
                                "success"),
                        """
                        -- Which migrations has Flyway recorded? ACCESS SHARE on its history table.
                        select concat_ws('|', installed_rank, script, checksum, extract(epoch from installed_on), success) as key,
                               version::text, script::text as name, description::text,
                               case when not success then 'FAILED'
                                    when type in ('SCHEMA', 'BASELINE', 'UNDO_BASELINE') then 'BOOKKEEPING'
                                    when type = 'DELETE' or type like 'UNDO%' then 'REVERTED'
                                    when version is null then 'REPEATED'
                                    else 'APPLIED' end as state,
                               installed_on::timestamptz as local_at
                        from {table} order by installed_rank
                        """)
                .alsoNamed("schema_version")
                .targets(TargetRule.EACH_ROW, Flyway::names, "the version (7, 1.2) or the script's name")
                .mendedBy("see what of it stands, mend it, then run `flyway repair`");
    }

    private static boolean names(Step step, String target) {
        return step.version()
                        .filter(version -> parts(version).equals(parts(target)))
                        .isPresent()
                || step.name().equals(target)
                || step.name().equals(target + ".sql");
    }

    /** Flyway compares versions by their parts: {@code 1.0}, {@code 1} and {@code 01} are one version, and {@code 1_2} is {@code 1.2}. */
    private static List<String> parts(String version) {
        List<String> parts = new ArrayList<>();
        for (String part : version.strip().replaceFirst("^[vV](?=[0-9])", "").split("[._]", -1)) {
            parts.add(part.replaceFirst("^0+(?=.)", ""));
        }
        while (parts.size() > 1 && parts.get(parts.size() - 1).equals("0")) {
            parts.remove(parts.size() - 1);
        }
        return parts;
    }
}
