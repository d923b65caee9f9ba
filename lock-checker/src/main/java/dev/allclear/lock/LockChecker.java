package dev.allclear.lock;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.config.Budget;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Database;
import dev.allclear.service.Parts;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Did the migration leave locks behind, and how long did it hold them? {@code before} begins an observation that lasts until
 * {@code after} has answered, {@code forget} or {@code close}. Thread-safe.
 */
final class LockChecker implements Checker {
    /** A day of looks is far less; the limit only stops what went wrong. */
    private static final Duration WHOLE_RUN = Duration.ofHours(3);

    private static final Instant EVERYTHING = Instant.parse("2999-01-01T00:00:00Z");

    private final Parts parts;
    private final Map<DatabaseName, LockSettings> settings;
    private final Map<Key, Observation> observations = new HashMap<>();
    private final Map<DatabaseName, LockSampler> samplers = new HashMap<>();

    /** Runs of two databases may share a name. */
    private record Key(DatabaseName database, RunId run) {}

    LockChecker(Parts parts, Map<DatabaseName, LockSettings> settings) {
        this.parts = parts;
        this.settings = Map.copyOf(settings);
    }

    @Override
    public CheckName name() {
        return CheckName.LOCKS;
    }

    @Override
    public Future<Baseline> before(MigrationStarted started, CheckContext context) {
        Observation observation = observe(started.run(), started.database(), LockTimeline.starting());
        return observation.baseline().orElseGet(() -> observation.baselineIs(baseline(observation, started)));
    }

    private Future<Baseline> baseline(Observation observation, MigrationStarted started) {
        return observation
                .ask(tx -> LastLook.take(tx, EVERYTHING))
                .map(look -> {
                    LockBaseline baseline = LockBaseline.of(look, lag(started));
                    return observation.seen(timeline -> {
                        timeline.began(baseline.since());
                        timeline.add(look.sample());
                        return baseline.toBaseline(started.database());
                    });
                })
                .compose(baseline -> observation.underWay().map(baseline))
                .onFailure(failed -> forget(started.database(), started.run()));
    }

    /** Publishers need not wait for us: what began since the announcement is no longer "before". */
    private Duration lag(MigrationStarted started) {
        return Duration.between(started.startedAt(), parts.clock().instant());
    }

    @Override
    public void resume(MigrationStarted started, Optional<Baseline> baseline, CheckContext context) {
        baseline.flatMap(LockBaseline::read)
                .ifPresent(before -> observe(started.run(), started.database(), LockTimeline.resuming(before.since())));
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context) {
        Key key = new Key(completed.database(), completed.run());
        observation(key).filter(Observation::isSpent).ifPresent(spent -> forget(key.database(), key.run()));
        Optional<Observation> known = observation(key);
        Optional<LockBaseline> before = baseline.flatMap(LockBaseline::read);
        Observation observation =
                known.orElseGet(() -> observe(completed.run(), completed.database(), LockTimeline.starting()));
        Optional<String> blind = whyBlind(completed, baseline, before, known.isPresent());
        return observation
                .report()
                .orElseGet(() -> observation.reportIs(new Question(
                                parts.vertx(),
                                settingsOf(completed.database()),
                                observation,
                                completed,
                                before,
                                blind,
                                context)
                        .answer()));
    }

    /** An observation without a baseline was begun too late for the host, and perhaps for the publisher as well. */
    private Optional<String> whyBlind(
            MigrationCompleted completed, Optional<Baseline> baseline, Optional<LockBaseline> before, boolean goesOn) {
        if (before.isPresent()) {
            return goesOn
                    ? baseline.flatMap(early -> early.whyTooLate(completed, name()))
                            .or(() -> didNotSay(completed) ? before.get().whyTooLate() : Optional.empty())
                    : Optional.of("the observation that was begun is not running any more");
        }
        return Optional.of(
                goesOn ? "there was no \"before\" in time to wait for" : "none was begun before the migration");
    }

    /** Whether the migration may have begun with its announcement, for all that the publisher says. */
    static boolean didNotSay(MigrationCompleted completed) {
        return completed.awaitedBaselines().isEmpty();
    }

    @Override
    public void forget(DatabaseName database, RunId run) {
        Optional<Observation> known;
        synchronized (this) {
            known = Optional.ofNullable(observations.remove(new Key(database, run)));
        }
        known.ifPresent(Observation::stop);
    }

    @Override
    public void close() {
        List<Key> runs;
        synchronized (this) {
            runs = List.copyOf(observations.keySet());
        }
        runs.forEach(key -> forget(key.database(), key.run()));
    }

    private synchronized Optional<Observation> observation(Key key) {
        return Optional.ofNullable(observations.get(key));
    }

    /** Never two for one run: whichever of {@code before}, {@code resume} and {@code after} comes first begins it. */
    private synchronized Observation observe(RunId run, DatabaseName name, LockTimeline timeline) {
        Instant now = parts.clock().instant();
        observations.values().removeIf(old -> old.isForgettable(now));
        return observations.computeIfAbsent(new Key(name, run), absent -> Optional.ofNullable(samplers.get(name))
                .flatMap(sampler -> Observation.begin(sampler, timeline, now))
                .orElseGet(() ->
                        Observation.begin(newSampler(name, run), timeline, now).orElseThrow()));
    }

    /** One for all runs of a database; another only after the last of them was over. */
    private LockSampler newSampler(DatabaseName name, RunId run) {
        Database database = parts.databases().get(name);
        Budget budget = new Budget(
                WHOLE_RUN,
                database.budget().statementTimeout(),
                database.budget().lockTimeout());
        LockSampler sampler = new LockSampler(
                parts.vertx(),
                parts.clock(),
                database.visit(CheckName.LOCKS, run, budget),
                settingsOf(name).interval());
        samplers.put(name, sampler);
        return sampler;
    }

    private LockSettings settingsOf(DatabaseName database) {
        return settings.getOrDefault(database, LockSettings.DEFAULT);
    }
}
