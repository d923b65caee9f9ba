package dev.allclear.status.output;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At which version a failed tool stopped, by its own words: most tools leave no row of a failure, and many take the run's earlier
 * versions back with it, so the output alone can say. The patterns are the tools' own lines.
 */
public final class StoppedAt {
    private static final int LONGEST_READ = 2_000;
    private static final int LONGEST_NAME = 200;

    /** Lines that say that something failed, and what. */
    private static final List<Pattern> FAILURES = List.of(
            Pattern.compile("migration file \"([^\"]+)\" failed"),
            Pattern.compile("Migration \"([^\"]+)\" failed"),
            Pattern.compile("Migration of schema \\S+ to version \"([^\" ]+)[^\"]*\"[^!]* failed"),
            Pattern.compile("\\bScript (\\S+) failed"),
            Pattern.compile("Migration failed for changeset (\\S+?):?(?:\\s|$)"),
            Pattern.compile("Migration failed: .* handling (\\S+)"),
            Pattern.compile("Migration name: (\\S+)"),
            Pattern.compile("with migration_name=\"([^\"]+)\""),
            Pattern.compile("\\bERROR (\\S+\\.(?:sql|go)): "),
            Pattern.compile("from version \"([^\"]+)\""),
            Pattern.compile("while executing migration (\\S+?):"),
            Pattern.compile("^\\s*\\+ (\\S+) \\.* ?not ok"));

    /** Lines that say what is begun; the last one is where it stopped. */
    private static final List<Pattern> BEGINNINGS = List.of(
            Pattern.compile("Running upgrade \\S* ?-> ([^\\s,]+)"),
            Pattern.compile("^\\s*-- migrating version (\\S+)"),
            Pattern.compile("^\\s*Applying(?: migration)?:? [`']?([^\\s`']+)"),
            Pattern.compile("### MIGRATION (\\S+) \\(UP\\) ###"),
            Pattern.compile("^== (\\S+?):?(?: \\S+)?:? migrating\\b"),
            Pattern.compile("Running Changeset: (\\S+)"),
            Pattern.compile("Migrating schema \\S+ to version \"([^\" ]+)"));

    private StoppedAt() {}

    /** The version, file or changeset; empty when the output does not say. */
    public static Optional<String> of(String output) {
        Optional<String> begun = Optional.empty();
        for (String whole : output.lines().toList()) {
            String line = whole.length() <= LONGEST_READ ? whole : whole.substring(0, LONGEST_READ);
            Optional<String> failed = first(FAILURES, line);
            if (failed.isPresent()) {
                return failed;
            }
            Optional<String> beginning = first(BEGINNINGS, line);
            begun = beginning.isPresent() ? beginning : begun;
        }
        return begun;
    }

    private static Optional<String> first(List<Pattern> patterns, String line) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return Optional.of(name(matcher.group(1)));
            }
        }
        return Optional.empty();
    }

    /** Without what a tool prints right behind the name: {@code shop.0003_invoices...OK}. */
    private static String name(String found) {
        int dots = found.indexOf("...");
        String name = (dots > 0 ? found.substring(0, dots) : found).replaceFirst("\\.$", "");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
