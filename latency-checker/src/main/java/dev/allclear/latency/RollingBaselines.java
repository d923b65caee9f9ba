package dev.allclear.latency;

import dev.allclear.check.Baseline;
import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures databases again and again, for publishers that only say when a migration is over. The oldest of the last three
 * measurements serves, so that a migration may have taken two intervals; it is kept in memory only, and dropped with every run, since
 * what was before one migration is not before the next. Nothing is measured while a run is known to be going on. Thread-safe.
 */
final class RollingBaselines {
    private static final int KEPT = 3;
    private static final int MOST_ANNOUNCED = 10_000;
    private static final RunId NO_RUN = new RunId("rolling");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Databases databases;
    private final Clock clock;
    private final Map<DatabaseName, Deque<Baseline>> kept = new TreeMap<>();
    private final Map<DatabaseName, Set<RunId>> running = new TreeMap<>();
    /** What a run was compared with, so that being asked again gives the same answer; until the run is forgotten. */
    private final Map<String, Optional<Baseline>> used = new TreeMap<>();
    /** When runs were announced; also of those that were forgotten before they were over, as after a day, the latest of them. */
    private final Map<String, Instant> announced = new LinkedHashMap<>();

    private final Set<Long> timers = new HashSet<>();

    RollingBaselines(Vertx vertx, Databases databases, Clock clock) {
        this.vertx = vertx;
        this.databases = databases;
        this.clock = clock;
    }

    /** Begins to measure every database that asks for it. */
    synchronized void start(Map<DatabaseName, LatencySettings> settings) {
        settings.forEach((database, own) -> {
            if (!own.rolling().isZero()) {
                timers.add(vertx.setPeriodic(own.rolling().toMillis(), tick -> measure(database, own)));
            }
        });
    }

    synchronized void close() {
        timers.forEach(vertx::cancelTimer);
        timers.clear();
    }

    /** Measures now, unless a run is going on; what fails is left out. */
    Future<Void> measure(DatabaseName database, LatencySettings settings) {
        if (isRunning(database)) {
            return Future.succeededFuture();
        }
        Instant now = clock.instant();
        CheckContext context = new CheckContext(
                NO_RUN, database, CheckName.LATENCY, "", clock, now, now.plus(LIMIT), new Cancellation(), said -> {});
        return new Before(settings, new ProbeRound(databases.get(database), context))
                .baseline()
                .onSuccess(baseline -> keep(database, baseline))
                .mapEmpty();
    }

    /** @param at when the run was announced: what is measured from then on may hold what it did */
    synchronized void begin(DatabaseName database, RunId run, Instant at) {
        announced.put(database + " " + run, at);
        if (announced.size() > MOST_ANNOUNCED) {
            announced.remove(announced.keySet().iterator().next());
        }
        running.computeIfAbsent(database, name -> new HashSet<>()).add(run);
    }

    /** The run is over: what was measured before it, if anything was; no other run gets it. */
    synchronized Optional<Baseline> end(DatabaseName database, RunId run) {
        running.getOrDefault(database, new HashSet<>()).remove(run);
        return used.computeIfAbsent(database + " " + run, first -> {
            Deque<Baseline> all = kept.remove(database);
            return Optional.ofNullable(all)
                    .map(Deque::peekFirst)
                    .filter(oldest -> isFromBefore(oldest, Optional.ofNullable(announced.get(first))));
        });
    }

    synchronized void forget(DatabaseName database, RunId run) {
        running.getOrDefault(database, new HashSet<>()).remove(run);
        if (used.remove(database + " " + run) != null) {
            announced.remove(database + " " + run);
        }
        kept.remove(database);
    }

    private static boolean isFromBefore(Baseline baseline, Optional<Instant> begun) {
        return begun.isEmpty()
                || baseline.databaseClock().filter(begun.get()::isAfter).isPresent();
    }

    private synchronized boolean isRunning(DatabaseName database) {
        return !running.getOrDefault(database, Set.of()).isEmpty();
    }

    private synchronized void keep(DatabaseName database, Baseline baseline) {
        if (isRunning(database)) {
            return;
        }
        Deque<Baseline> all = kept.computeIfAbsent(database, name -> new ArrayDeque<>());
        all.addLast(baseline);
        if (all.size() > KEPT) {
            all.removeFirst();
        }
    }
}
