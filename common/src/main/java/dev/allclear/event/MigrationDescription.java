package dev.allclear.event;

import dev.allclear.model.CheckName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a publisher says about a migration. It is data from strangers: nothing in it is ever used as an address, a path or SQL.
 *
 * @param tool the migration tool, such as {@code flyway}; absent means: detect it
 * @param targetVersions versions that must be present afterwards, in the tool's own language
 * @param tables tables it means to change, as written
 * @param dataChanging whether rows should change; absent means not declared
 * @param reversible absent means not declared
 * @param expectations row expectations as JSON objects, see {@code docs/configuration.md}
 * @param checks checks that this run requires beyond the policy's
 * @param logWatch how long to watch logs after completion; capped by the policy
 * @param deadline how long after completion the verdict may take; capped by the policy
 * @param change what stays the same over retries; absent means database and target versions
 */
public record MigrationDescription(
        Optional<String> tool,
        List<String> targetVersions,
        List<String> tables,
        Optional<Boolean> dataChanging,
        Optional<Boolean> reversible,
        Optional<String> application,
        List<Map<String, Object>> expectations,
        List<CheckName> checks,
        SessionHints sessions,
        Optional<Duration> logWatch,
        Optional<Duration> deadline,
        Optional<String> change,
        Map<String, String> links) {
    public static final MigrationDescription NOTHING_SAID = new MigrationDescription(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            SessionHints.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public MigrationDescription {
        targetVersions = List.copyOf(targetVersions);
        tables = List.copyOf(tables);
        expectations = List.copyOf(expectations);
        checks = List.copyOf(checks);
        links = Map.copyOf(links);
    }

    /** This description, and where it is silent what was said earlier about the same run. */
    public MigrationDescription orElse(MigrationDescription earlier) {
        return new MigrationDescription(
                tool.or(earlier::tool),
                orElse(targetVersions, earlier.targetVersions),
                orElse(tables, earlier.tables),
                dataChanging.or(earlier::dataChanging),
                reversible.or(earlier::reversible),
                application.or(earlier::application),
                orElse(expectations, earlier.expectations),
                orElse(checks, earlier.checks),
                sessions.equals(SessionHints.NONE) ? earlier.sessions : sessions,
                logWatch.or(earlier::logWatch),
                deadline.or(earlier::deadline),
                change.or(earlier::change),
                links.isEmpty() ? earlier.links : links);
    }

    private static <T> List<T> orElse(List<T> said, List<T> earlier) {
        return said.isEmpty() ? earlier : said;
    }
}
