package dev.allclear.aggregator.console.history;

import dev.allclear.aggregator.Samples;
import dev.allclear.codec.EventJson;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.Partition;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events as a tail hands them over, at a second of the tests' day. */
final class Heard {
    private Heard() {}

    static ReceivedEvent at(int second, AllclearEvent event) {
        return at(Samples.T0.plusSeconds(second), event);
    }

    static ReceivedEvent at(Instant when, AllclearEvent event) {
        return new ReceivedEvent(
                event,
                EventJson.idOf(event),
                "test",
                new Partition(Topic.of(event.type()), 0),
                when.getEpochSecond(),
                when);
    }

    static MigrationStarted started(String run, String database) {
        return new MigrationStarted(
                new RunId(run),
                new DatabaseName(database),
                Samples.T0,
                Samples.flyway("12").build());
    }

    static MigrationCompleted completed(String run, String database) {
        return new MigrationCompleted(
                new RunId(run),
                new DatabaseName(database),
                Samples.T0.plusSeconds(20),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                Samples.flyway("12").build());
    }

    static CheckCompleted answer(String run, CheckName check, Outcome outcome) {
        return new CheckCompleted(Samples.report(run, check, outcome));
    }

    static VerdictReached verdict(String run, String database, Decision decision, boolean isFinal, int revision) {
        return new VerdictReached(new Verdict(
                new RunId(run),
                new DatabaseName(database),
                decision,
                isFinal,
                revision,
                Samples.T0.plusSeconds(30),
                decision == Decision.PASS
                        ? List.of()
                        : List.of(Finding.of(
                                new FindingCode("status.said"), Severity.ERROR, "public.orders", "orders are gone")),
                List.of(),
                List.of(),
                List.of(),
                decision == Decision.PASS ? Recommendation.KEEP : Recommendation.INVESTIGATE));
    }
}
