package dev.allclear.lock;

import dev.allclear.check.CheckContext;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One answer of {@link LockChecker#after}: note the completion, let sessions settle, look a last time, judge. */
final class Question {
    private static final Duration TIME_TO_JUDGE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final LockSettings settings;
    private final Observation observation;
    private final MigrationCompleted completed;
    private final Optional<LockBaseline> before;
    private final Optional<String> blind;
    private final CheckContext context;

    /** @param blind why the run was not observed; empty when it was */
    Question(
            Vertx vertx,
            LockSettings settings,
            Observation observation,
            MigrationCompleted completed,
            Optional<LockBaseline> before,
            Optional<String> blind,
            CheckContext context) {
        this.vertx = vertx;
        this.settings = settings;
        this.observation = observation;
        this.completed = completed;
        this.before = before;
        this.blind = blind;
        this.context = context;
    }

    Future<CheckReport> answer() {
        context.cancellation().onCancel(observation::stop);
        return observation
                .ask(tx -> tx.query(LockSql.FACTS))
                .map(facts -> facts.get(0).instant("at"))
                .compose(this::settled)
                .compose(completion ->
                        observation.ask(tx -> LastLook.take(tx, completion)).map(look -> judged(look, completion)))
                .recover(this::unanswered)
                .onComplete(done -> observation.stop());
    }

    /** The database's clock when the completion was noticed, after sessions had the time to end by themselves. */
    private Future<Instant> settled(Instant completion) {
        observation.seen(timeline -> {
            timeline.complete(completion);
            return completion;
        });
        Duration most = context.remaining().minus(TIME_TO_JUDGE);
        Duration settle = settings.settle().compareTo(most) > 0 ? most : settings.settle();
        context.progress().accept("giving sessions " + Durations.rounded(settle) + " to end");
        Promise<Instant> promise = Promise.promise();
        vertx.setTimer(Math.max(1, settle.toMillis()), fired -> promise.complete(completion));
        return promise.future();
    }

    private CheckReport judged(LastLook look, Instant completion) {
        observation.take(look.sample());
        return observation.seen(timeline -> {
            before.filter(begun -> LockChecker.didNotSay(completed))
                    .flatMap(LockBaseline::unseen)
                    .ifPresent(timeline::missed);
            Optional<String> unobserved = blind.or(() -> timeline.sawAnythingBefore(completion)
                    ? Optional.empty()
                    : Optional.of("the database gave no answer before it was over"));
            MigrationSessions migration = MigrationSessions.of(
                    completed.run(), List.of(completed.description().sessions()), timeline.strong());
            List<Finding> findings =
                    new ArrayList<>(new LeftBehindJudge(settings, migration, before, completion).judge(look));
            boolean left = findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
            unobserved.ifPresent(why -> findings.add(HoldFindings.notObserved(why)));
            if (timeline.sawAnythingBefore(completion)) {
                // what was seen counts, even of a run whose beginning was not
                findings.addAll(new HoldJudge(settings, migration).judge(timeline, completion));
            }
            if (look.isCut()) {
                findings.add(HoldFindings.tooManyLocks(LockSql.MOST_ROWS, "was left behind"));
            } else if (timeline.wasCut()) {
                findings.add(HoldFindings.tooManyLocks(LockSql.MOST_ROWS, "was held during the run"));
            }
            if (!look.seesAll()) {
                findings.add(LockFindings.insufficientPrivilege(look.role()));
            }
            return context.report(
                    summary(left, unobserved.isPresent(), timeline, migration, completion)
                            + (look.seesAll() ? "" : "; not every session could be seen"),
                    findings,
                    LockMeasurements.of(timeline, observation.period()),
                    observation.cost());
        });
    }

    private static String summary(
            boolean left, boolean unobserved, LockTimeline timeline, MigrationSessions migration, Instant completion) {
        String behind = left ? "The migration left locks behind" : "No lock was left behind";
        if (unobserved) {
            return behind + "; the run was not observed.";
        }
        String longest = timeline.holds().stream()
                .filter(hold -> migration.own(hold.session()) && hold.from().isBefore(completion))
                .findFirst()
                .map(hold -> "the longest that blocks writes was held " + LockWords.length(hold.length()) + " on "
                        + hold.relation() + " (" + hold.mode().words() + ")")
                .orElse("none that blocks writes was seen");
        Duration missed = timeline.gaps().stream().map(Gap::length).reduce(Duration.ZERO, Duration::plus);
        String gaps = missed.isZero() ? "" : "; nothing was observed for " + LockWords.length(missed) + " of the run";
        return behind + "; " + longest + gaps + ".";
    }

    private Future<CheckReport> unanswered(Throwable cause) {
        if (!(cause instanceof DatabaseFailure failure)) {
            return Future.failedFuture(cause);
        }
        return Future.succeededFuture(context.report(
                "What the migration left locked could not be asked.",
                List.of(LockFindings.unanswered(failure)),
                Map.of(),
                observation.cost()));
    }
}
