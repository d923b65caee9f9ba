package dev.allclear.cli.conformance;

import dev.allclear.codec.Json;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.EventType;
import dev.allclear.kafka.Topic;
import dev.allclear.kafka.WireProbe;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells one check of runs, as publishers and brokers do on bad days, and hears what it says. */
final class Examination {
    private static final DatabaseName ELSEWHERE = new DatabaseName("conformance-elsewhere");
    private static final List<String> GARBAGE = List.of(
            "",
            "{",
            "null",
            "[]",
            "\u0000\u0001",
            "{\"type\":\"dev.allclear.migration.completed.v1\"}",
            "{\"type\":\"unheard.of\"}");
    private static final Duration LOOK = Duration.ofMillis(100);

    private final WireProbe wire;
    private final CheckName check;
    private final DatabaseName database;
    private final Clock clock;
    private final String prefix;
    private final List<Asked> asked = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Map<RunId, Long> completedAt = new HashMap<>();

    /** @param prefix what the runs of this examination begin with */
    Examination(WireProbe wire, CheckName check, DatabaseName database, Clock clock, String prefix) {
        this.wire = wire;
        this.check = check;
        this.database = database;
        this.clock = clock;
        this.prefix = prefix;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** A run as it should be: announced, awaited, completed. False when the check said nothing at all to it. */
    boolean begin(Duration patience) {
        RunId run = ask("1", database, "that was announced and completed in order", true, true);
        started(run, Map.of());
        hearUntil(patience, () -> isHeard(run, BaselineCaptured.class));
        completed(run, database, Map.of());
        return hearUntil(patience, () -> isHeard(run, CheckCompleted.class));
    }

    /** The bad days, all at once. */
    void trouble() {
        RunId twice = ask("2", database, "that was delivered twice", true, true);
        started(twice, Map.of());
        started(twice, Map.of());
        hearUntil(Duration.ofSeconds(5), () -> isHeard(twice, BaselineCaptured.class));
        completed(twice, database, Map.of());
        hearUntil(Duration.ofSeconds(5), () -> isHeard(twice, CheckCompleted.class));
        completed(twice, database, Map.of());
        RunId reordered = ask("3", database, "whose end was delivered before its beginning", false, true);
        completed(reordered, database, Map.of());
        started(reordered, Map.of());
        RunId later = ask("4", database, "with fields of a later version", true, true);
        started(later, Map.of("later", Map.of("deep", List.of(1, Map.of("deeper", true)))));
        completed(later, database, Map.of("later", List.of("x")));
        GARBAGE.forEach(text -> wire.send(Topic.MIGRATIONS, database, Optional.empty(), text));
        RunId afterwards = ask("5", database, "after records that are no events", true, true);
        started(afterwards, Map.of());
        completed(afterwards, database, Map.of());
        completed(ask("6", database, "that was never announced", false, true), database, Map.of());
        completed(ask("7", ELSEWHERE, "of a database that it does not know", false, true), ELSEWHERE, Map.of());
        RunId never = ask("8", database, "whose command was never started", true, false);
        started(never, Map.of());
        completed(never, database, Map.of("outcome", "NOT_STARTED"));
        RunId hasty = ask("9", database, "with a deadline of its own", true, true);
        started(hasty, Map.of("deadline", "PT5S"));
        completed(hasty, database, Map.of("deadline", "PT5S"));
    }

    /** What comes while the check is away. */
    void whileItIsAway() {
        RunId away = ask("10", database, "that was published while it was not running", true, true);
        started(away, Map.of());
        completed(away, database, Map.of());
    }

    /** Hears until every run is answered, at most so long; and a little longer, for second answers. */
    void hearOut(Duration patience, Duration second) {
        hearUntil(patience, () -> asked.stream()
                .allMatch(one -> isHeard(one.run(), CheckCompleted.class)
                        && (!one.announced() || isHeard(one.run(), BaselineCaptured.class))));
        hearUntil(second, () -> false);
    }

    private RunId ask(String number, DatabaseName of, String how, boolean announced, boolean ran) {
        RunId run = new RunId(prefix + "-" + number);
        asked.add(new Asked(run, of, how, announced, ran));
        return run;
    }

    private void started(RunId run, Map<String, Object> more) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("runId", run.value());
        event.put("database", database.value());
        event.put("startedAt", clock.instant().toString());
        event.put("tool", "sql");
        event.putAll(more);
        wire.send(Topic.MIGRATIONS, database, Optional.of(EventType.MIGRATION_STARTED), Json.write(event));
    }

    private void completed(RunId run, DatabaseName of, Map<String, Object> more) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("runId", run.value());
        event.put("database", of.value());
        event.put("completedAt", clock.instant().toString());
        event.put("tool", "sql");
        if (!more.containsKey("outcome")) {
            event.put("exitCode", 0);
            event.put("output", "nothing was done: this run examines " + check);
        }
        event.putAll(more);
        completedAt.putIfAbsent(run, System.nanoTime());
        wire.send(Topic.MIGRATIONS, of, Optional.of(EventType.MIGRATION_COMPLETED), Json.write(event));
    }

    private boolean isHeard(RunId run, Class<? extends dev.allclear.event.AllclearEvent> type) {
        return heard.stream()
                .anyMatch(one ->
                        one.as(type).filter(event -> event.run().equals(run)).isPresent());
    }

    private boolean hearUntil(Duration patience, java.util.function.BooleanSupplier enough) {
        long end = System.nanoTime() + patience.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            for (WireProbe.Seen seen : wire.take(LOOK)) {
                Heard one = new Heard(seen, sinceCompletion(seen));
                if (one.isOf(check)) {
                    heard.add(one);
                }
            }
        }
        return true;
    }

    private Duration sinceCompletion(WireProbe.Seen seen) {
        Heard now = new Heard(seen, Duration.ZERO);
        return now.as(CheckCompleted.class)
                .map(answer -> completedAt.get(answer.run()))
                .map(at -> Duration.ofNanos(System.nanoTime() - at))
                .orElse(Duration.ZERO);
    }
}
