package dev.allclear.cli.history;

import dev.allclear.aggregator.report.RunReport;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run as its events tell it, wherever they were kept. Of an answer that was given twice the worse one counts, of several verdicts
 * the last revision; of several attempts under one id, long apart, the last attempt.
 *
 * @param baselines what was measured before the command was let begin, and nothing that came later
 */
public record PastRun(
        RunId run,
        DatabaseName database,
        Optional<MigrationStarted> started,
        List<BaselineCaptured> baselines,
        Optional<MigrationCompleted> completed,
        List<CheckReport> reports,
        Optional<Verdict> verdict) {
    public PastRun {
        baselines = List.copyOf(baselines);
        reports = List.copyOf(reports);
    }

    /** Makes it of these events; those of other runs, and of other databases, are passed over. */
    public static PastRun of(RunId run, DatabaseName database, Collection<? extends AllclearEvent> events) {
        List<? extends AllclearEvent> own = LastAttempt.of(events.stream()
                .filter(event -> event.run().equals(run) && event.database().equals(database))
                .toList());
        Map<CheckName, CheckReport> answers = new TreeMap<>();
        all(own, CheckCompleted.class)
                .forEach(answer -> answers.merge(answer.report().check(), answer.report(), PastRun::worse));
        Optional<MigrationCompleted> completed =
                all(own, MigrationCompleted.class).stream().findFirst();
        return new PastRun(
                run,
                database,
                all(own, MigrationStarted.class).stream().findFirst(),
                all(own, BaselineCaptured.class).stream()
                        .filter(baseline -> baseline.status() != BaselineStatus.FAILED)
                        .filter(baseline -> isBefore(baseline, completed))
                        .toList(),
                completed,
                List.copyOf(answers.values()),
                all(own, VerdictReached.class).stream()
                        .map(VerdictReached::verdict)
                        .max(Comparator.comparing(Verdict::revision)));
    }

    /** Everything that was said of the migration, at its end and when it was announced. */
    public MigrationDescription description() {
        MigrationDescription announced =
                started.map(MigrationStarted::description).orElse(MigrationDescription.NOTHING_SAID);
        return completed.map(end -> end.description().orElse(announced)).orElse(announced);
    }

    /** Empty as long as nobody has decided. */
    public Optional<RunReport> report() {
        return verdict.map(decided -> new RunReport(decided, reports, started, completed));
    }

    /** How the check stands in the verdict, when it stands there as passed. */
    public Optional<CheckVerdict> passed(CheckName check) {
        return verdict.stream()
                .flatMap(decided -> decided.checks().stream())
                .filter(brief -> brief.check().equals(check) && brief.outcome() == Outcome.PASSED)
                .findFirst();
    }

    /** A command that never ran, or has not run yet, leaves everything "before"; else only the publisher knows for what it waited. */
    private static boolean isBefore(BaselineCaptured baseline, Optional<MigrationCompleted> completed) {
        return completed.isEmpty()
                || completed
                        .get()
                        .outcome()
                        .filter(MigrationOutcome.NOT_STARTED::equals)
                        .isPresent()
                || completed.get().awaitedBaselines().orElse(Set.of()).contains(baseline.check());
    }

    private static CheckReport worse(CheckReport one, CheckReport other) {
        return other.outcome().compareTo(one.outcome()) > 0 ? other : one;
    }

    private static <T extends AllclearEvent> List<T> all(List<? extends AllclearEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
