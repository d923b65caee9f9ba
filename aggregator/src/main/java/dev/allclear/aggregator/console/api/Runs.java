package dev.allclear.aggregator.console.api;

import dev.allclear.aggregator.console.history.Archive;
import dev.allclear.aggregator.console.history.CheckProgress;
import dev.allclear.aggregator.console.history.Position;
import dev.allclear.aggregator.console.history.RunDetail;
import dev.allclear.aggregator.console.history.RunFilter;
import dev.allclear.aggregator.console.history.RunHistory;
import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.aggregator.console.http.Asked;
import dev.allclear.aggregator.console.http.Refusal;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.Decision;
import dev.allclear.model.Excerpt;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The questions about runs that a request may ask, for machines and pages alike. */
public record Runs(RunHistory history, Archive archive, Policies policies) {
    private static final String OPEN = "OPEN";

    /** By {@code database}, {@code decision}, {@code since}, {@code before} and {@code limit}. */
    public static RunFilter filter(Asked asked) {
        Optional<String> decision = asked.parameter("decision");
        boolean open = decision.filter(OPEN::equals).isPresent();
        return new RunFilter(
                asked.database(),
                open ? Optional.empty() : decision.map(Runs::decision),
                open,
                asked.parameter("before").map(text -> position("before", text)),
                asked.parameter("since").map(text -> position("since", text).at()),
                asked.parameter("limit").map(Runs::limit).orElse(RunFilter.NEWEST.limit()));
    }

    private static Decision decision(String text) {
        return Arrays.stream(Decision.values())
                .filter(decision -> decision.name().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> Refusal.badRequest("decision must be one of PASS, FAIL, INCONCLUSIVE and OPEN, not \""
                                + Excerpt.of(text, 40) + "\""));
    }

    private static Position position(String name, String text) {
        return Position.parse(text)
                .orElseThrow(() -> Refusal.badRequest(name + " must be a day such as 2026-03-01, a time such as"
                        + " 2026-03-01T10:00:00Z or the \"next\" of a list, not \"" + Excerpt.of(text, 40) + "\""));
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= RunFilter.MOST) {
            return Integer.parseInt(text);
        }
        throw Refusal.badRequest("limit must be a whole number from 1 to " + RunFilter.MOST);
    }

    /** The run in the path. */
    public RunSummary named(Asked asked) {
        return history.find(asked.run(), asked.database())
                .orElseThrow(() -> Refusal.notFound("no run " + asked.run() + " is known"
                        + asked.database().map(name -> " of database " + name).orElse("")));
    }

    /** The run in the path with its whole events. */
    public Future<RunDetail> whole(Asked asked) {
        return archive.whole(named(asked))
                .recover(failure -> Future.failedFuture(
                        failure instanceof Archive.Busy
                                ? Refusal.unavailable(String.valueOf(failure.getMessage()))
                                : failure));
    }

    /** The checks by which this run is judged. */
    public Set<CheckName> required(RunDetail run) {
        List<CheckName> added = new ArrayList<>();
        run.started().map(MigrationStarted::description).ifPresent(said -> added.addAll(said.checks()));
        run.completed().map(MigrationCompleted::description).ifPresent(said -> added.addAll(said.checks()));
        return policies.of(run.summary().key().database()).requiredWith(added);
    }

    /** The checks of which it is known what "before" was for them, or that they need none. */
    static List<CheckName> captured(RunSummary run) {
        return run.checks().entrySet().stream()
                .filter(check -> isCaptured(check.getValue()))
                .map(check -> check.getKey())
                .toList();
    }

    private static boolean isCaptured(CheckProgress progress) {
        return progress.baseline()
                .filter(status -> status != BaselineStatus.FAILED)
                .isPresent();
    }
}
