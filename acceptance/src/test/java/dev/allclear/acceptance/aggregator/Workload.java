package dev.allclear.acceptance.aggregator;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventRecords;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.testkit.DescriptionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the publishers and the five checkers of many runs say, by a seed: in any order, 5 % of it twice, 2 % of garbage among it; of a
 * tenth of the runs a check or two never answer. The runs of one database lie so far apart that they do not overlap.
 */
final class Workload {
    private static final int DATABASES = 150;
    private static final double TWICE = 0.05;
    private static final double POISON = 0.02;
    private static final Outcome[] OUTCOMES = {
        Outcome.PASSED, Outcome.PASSED, Outcome.PASSED, Outcome.NOT_APPLICABLE, Outcome.INCONCLUSIVE, Outcome.FAILED
    };

    private final Random random;
    private final Instant base;
    private final long deadlineMillis;
    private final double withheldShare;
    private final List<Fact.Planned> planned = new ArrayList<>();
    private final List<Sending> sendings = new ArrayList<>();

    /** A record, and when it is to be published, in milliseconds from the beginning. */
    record Sending(long at, String run, String what, ProducerRecord<byte[], byte[]> record) {}

    Workload(long seed, Instant base, Duration deadline, double withheldShare) {
        this.random = new Random(seed);
        this.base = base;
        this.deadlineMillis = deadline.toMillis();
        this.withheldShare = withheldShare;
    }

    /** Plans so many runs, so many a second. */
    Workload runs(int count, double perSecond) {
        for (int number = 0; number < count; number++) {
            plan(number, Math.round(1000 * number / perSecond));
        }
        sendings.sort(Comparator.comparingLong(Sending::at));
        return this;
    }

    List<Fact.Planned> planned() {
        return planned;
    }

    List<Sending> sendings() {
        return sendings;
    }

    private void plan(int number, long at) {
        RunId run = new RunId("run-" + number);
        DatabaseName database = new DatabaseName("db-" + number % DATABASES);
        Map<CheckName, Outcome> answers = answers();
        planned.add(new Fact.Planned(
                run.value(),
                database.value(),
                decide(answers.values()),
                answers.size() < CheckName.builtIn().size() ? deadlineMillis : 0));
        Instant begun = base.plusMillis(at);
        Map<String, AllclearEvent> said = new LinkedHashMap<>();
        MigrationDescription description =
                new DescriptionBuilder().tool("sql").change(run.value()).build();
        said.put("started", new MigrationStarted(run, database, begun, description));
        said.put(
                "completed",
                new MigrationCompleted(
                        run,
                        database,
                        begun.plusMillis(400),
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        description));
        answers.forEach((check, outcome) ->
                said.put(check.value(), new CheckCompleted(report(run, database, check, outcome, begun))));
        List<String> order = new ArrayList<>(said.keySet());
        if (random.nextDouble() < 0.6) {
            Collections.shuffle(order, random);
        }
        for (String what : order) {
            at += random.nextInt(400);
            send(at, run, what, EventRecords.toRecord(Cluster.PREFIX, event(said, what), "crash-suite"));
        }
    }

    private static AllclearEvent event(Map<String, AllclearEvent> said, String what) {
        return Optional.ofNullable(said.get(what)).orElseThrow();
    }

    private void send(long at, RunId run, String what, ProducerRecord<byte[], byte[]> record) {
        sendings.add(new Sending(at, run.value(), what, record));
        if (random.nextDouble() < TWICE) {
            sendings.add(new Sending(at + random.nextInt(5_000), run.value(), what, record));
        }
        if (random.nextDouble() < POISON) {
            String name = "poison-" + sendings.size();
            sendings.add(new Sending(
                    at,
                    name,
                    "poison",
                    new ProducerRecord<>(
                            record.topic(), record.key(), (name + " {[}").getBytes(StandardCharsets.UTF_8))));
        }
    }

    private Map<CheckName, Outcome> answers() {
        boolean allPassed = random.nextDouble() < 0.6;
        List<CheckName> asked = new ArrayList<>(CheckName.builtIn());
        if (random.nextDouble() < withheldShare) {
            Collections.shuffle(asked, random);
            asked = asked.subList(1 + random.nextInt(2), asked.size());
        }
        Map<CheckName, Outcome> answers = new LinkedHashMap<>();
        asked.forEach(
                check -> answers.put(check, allPassed ? Outcome.PASSED : OUTCOMES[random.nextInt(OUTCOMES.length)]));
        return answers;
    }

    /** The oracle. */
    static String decide(Collection<Outcome> answers) {
        if (answers.contains(Outcome.FAILED)) {
            return "FAIL";
        }
        return answers.contains(Outcome.INCONCLUSIVE) || answers.size() < 5 ? "INCONCLUSIVE" : "PASS";
    }

    static CheckReport report(RunId run, DatabaseName database, CheckName check, Outcome outcome, Instant at) {
        List<Finding> findings = outcome == Outcome.PASSED
                ? List.of()
                : List.of(Finding.of(
                        new FindingCode(check.value() + ".said"), severity(outcome), "public.orders", "because"));
        return new CheckReport(
                run,
                database,
                check,
                "1",
                outcome,
                "the " + check + " check says " + outcome,
                findings,
                Map.of(),
                at,
                at,
                new Cost(Duration.ofMillis(12), 3));
    }

    private static Severity severity(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> Severity.ERROR;
            case INCONCLUSIVE -> Severity.UNPROVEN;
            case NOT_APPLICABLE, PASSED -> Severity.INFO;
        };
    }
}
