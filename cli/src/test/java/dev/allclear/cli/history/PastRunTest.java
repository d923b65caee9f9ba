package dev.allclear.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is left of a run on the topics, where its id was given to another one days later. */
final class PastRunTest {
    private static final RunId RUN = new RunId("deploy");
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant FRIDAY = MONDAY.plus(Duration.ofDays(4));

    @Test
    void isTheLastAttempt_inWhicheverOrderItsEventsAreRead() {
        List<AllclearEvent> events = new ArrayList<>(attempt(MONDAY, Decision.PASS));
        events.addAll(attempt(FRIDAY, Decision.FAIL));
        List<AllclearEvent> reversed = new ArrayList<>(events);
        Collections.reverse(reversed);

        for (List<AllclearEvent> read : List.of(events, reversed)) {
            PastRun past = PastRun.of(RUN, SHOP, read);
            assertThat(past.verdict().map(Verdict::decision)).contains(Decision.FAIL);
            assertThat(past.started().map(MigrationStarted::startedAt)).contains(FRIDAY);
            assertThat(past.completed().map(MigrationCompleted::completedAt)).contains(FRIDAY.plusSeconds(60));
            assertThat(past.reports()).extracting(CheckReport::completedAt).containsExactly(FRIDAY.plusSeconds(90));
        }
    }

    @Test
    void hasNoVerdict_whereOnlyAnEarlierAttemptHasOne() {
        List<AllclearEvent> announced = new ArrayList<>(attempt(MONDAY, Decision.PASS));
        announced.add(started(FRIDAY));
        List<AllclearEvent> ended = new ArrayList<>(attempt(MONDAY, Decision.PASS));
        ended.add(completed(FRIDAY));

        assertThat(PastRun.of(RUN, SHOP, announced).report()).isEmpty();
        assertThat(PastRun.of(RUN, SHOP, announced).completed()).isEmpty();
        assertThat(PastRun.of(RUN, SHOP, ended).report()).isEmpty();
        assertThat(PastRun.of(RUN, SHOP, ended).started()).isEmpty();
    }

    @Test
    void isOneAttempt_howeverLongItWent_andWhateverThePublishersClock() {
        List<AllclearEvent> slow =
                List.of(started(MONDAY), completed(FRIDAY), verdict(FRIDAY.plusSeconds(60), Decision.PASS));
        List<AllclearEvent> fast =
                List.of(started(FRIDAY), completed(FRIDAY), completed(FRIDAY), verdict(MONDAY, Decision.PASS));

        assertThat(PastRun.of(RUN, SHOP, slow).started()).isPresent();
        assertThat(PastRun.of(RUN, SHOP, slow).verdict()).isPresent();
        assertThat(PastRun.of(RUN, SHOP, fast).verdict()).isPresent();
    }

    private static List<AllclearEvent> attempt(Instant time, Decision decision) {
        return List.of(
                started(time),
                completed(time.plusSeconds(60)),
                new CheckCompleted(new CheckReport(
                        RUN,
                        SHOP,
                        CheckName.STATUS,
                        "1",
                        Outcome.PASSED,
                        "complete",
                        List.of(),
                        Map.of(),
                        time.plusSeconds(61),
                        time.plusSeconds(90),
                        Cost.NONE)),
                verdict(time.plusSeconds(91), decision));
    }

    private static MigrationStarted started(Instant time) {
        return new MigrationStarted(RUN, SHOP, time, MigrationDescription.NOTHING_SAID);
    }

    private static MigrationCompleted completed(Instant time) {
        return new MigrationCompleted(
                RUN, SHOP, time, Optional.of(0), Optional.empty(), Optional.empty(), MigrationDescription.NOTHING_SAID);
    }

    private static VerdictReached verdict(Instant time, Decision decision) {
        return new VerdictReached(new Verdict(
                RUN,
                SHOP,
                decision,
                true,
                1,
                time,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Recommendation.INVESTIGATE));
    }
}
