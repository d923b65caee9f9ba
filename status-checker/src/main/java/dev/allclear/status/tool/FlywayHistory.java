package dev.allclear.status.tool;

import dev.allclear.postgres.ResultRow;
import dev.allclear.status.tool.Step.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Flyway's {@code flyway_schema_history} (before Flyway 5: {@code schema_version}). A failed migration usually leaves no row at
 * all, neither a transactional one nor, with the default transactional lock, a non-transactional one; {@code success = false} is
 * written only otherwise. Rows are ordered by {@code installed_rank}, which has gaps; a repeatable script has no version.
 */
final class FlywayHistory implements TrackingTool {
    private static final Set<String> COLUMNS =
            Set.of("installed_rank", "version", "description", "type", "script", "checksum", "installed_on", "success");

    @Override
    public String name() {
        return "flyway";
    }

    @Override
    public Set<String> tableNames() {
        return Set.of("flyway_schema_history", "schema_version");
    }

    @Override
    public boolean recognizes(Set<String> columns) {
        return columns.containsAll(COLUMNS);
    }

    @Override
    public String rowsSql(String table) {
        return """
                -- Which migrations has Flyway recorded? ACCESS SHARE on its history table.
                select installed_rank::int8 as rank, version::text, description::text, type::text, script::text,
                       coalesce(checksum::text, '') as checksum, installed_on::timestamptz as at, success
                from %s order by installed_rank
                """.formatted(table);
    }

    @Override
    public Step step(ResultRow row) {
        String type = row.text("type");
        boolean success = row.flag("success");
        return new Step(
                String.join(
                        "|", row.text("rank"), row.text("script"), row.text("checksum"), row.text("at"), "" + success),
                row.optionalText("version"),
                row.text("script"),
                row.text("description"),
                success ? state(type) : State.FAILED,
                row.optionalInstant("at"));
    }

    private static State state(String type) {
        if (type.equals("SCHEMA") || type.equals("BASELINE")) {
            return State.BOOKKEEPING;
        }
        return type.equals("DELETE") || type.startsWith("UNDO") ? State.REVERTED : State.APPLIED;
    }

    @Override
    public Presence presence(List<Step> steps, String target, boolean last) {
        Presence presence = Presence.MISSING;
        for (Step step : steps) {
            if (step.state() != State.BOOKKEEPING && names(step, target)) {
                presence = step.state() == State.APPLIED
                        ? Presence.PRESENT
                        : step.state() == State.REVERTED ? Presence.MISSING : Presence.FAILED;
            }
        }
        return presence;
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
