package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.cli.progress.PlainProgress;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunFollowerTest {
    private static final RunId RUN = new RunId("deploy-41");

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void countsNoBaselineOfAnotherDatabasesRunOfTheSameName() {
        RunFollower follower = follower();

        follower.accept(captured("billing", CheckName.STATUS), NOW);
        follower.accept(captured("shop", CheckName.LOCKS), NOW);

        assertThat(follower.captured()).containsExactly(CheckName.LOCKS);
    }

    @Test
    void hasNoVerdict_whereOneIsOfARunOfThatNameLongBefore_inWhicheverOrderTheyAreRead() {
        RunFollower first = follower();
        first.accept(verdict(Decision.PASS, 2), NOW.minusSeconds(90_000));
        first.accept(started(), NOW);
        RunFollower second = follower();
        second.accept(started(), NOW);
        second.accept(verdict(Decision.PASS, 2), NOW.minusSeconds(90_000));

        assertThat(first.verdict()).isEmpty();
        assertThat(second.verdict()).isEmpty();

        first.accept(verdict(Decision.FAIL, 1), NOW.plusSeconds(60));
        assertThat(first.verdict().map(Verdict::decision)).contains(Decision.FAIL);
    }

    @Test
    void hasNoVerdict_whereOneIsOfAnEndThatWasToldLongBeforeUnderThatName() {
        RunFollower first = follower();
        first.accept(completed(NOW.minusSeconds(90_030)), NOW.minusSeconds(90_030));
        first.accept(verdict(Decision.PASS, 1), NOW.minusSeconds(90_000));
        first.accept(completed(NOW), NOW);
        RunFollower second = follower();
        second.accept(completed(NOW.minusSeconds(90_030)), NOW.minusSeconds(90_030));
        second.accept(completed(NOW), NOW);
        second.accept(verdict(Decision.PASS, 1), NOW.minusSeconds(90_000));

        assertThat(first.verdict()).isEmpty();
        assertThat(second.verdict()).isEmpty();

        first.accept(verdict(Decision.FAIL, 1), NOW.plusSeconds(60));
        assertThat(first.verdict().map(Verdict::decision)).contains(Decision.FAIL);
    }

    @Test
    void hasItsVerdict_whereItsEndIsSentAgainLongAfter_orItWentOnForLong() {
        RunFollower again = follower();
        again.accept(completed(NOW), NOW);
        again.accept(verdict(Decision.PASS, 1), NOW.plusSeconds(60));
        again.accept(completed(NOW), NOW.plusSeconds(90_000));
        RunFollower slow = follower();
        slow.accept(captured("shop", CheckName.LOCKS), NOW.minusSeconds(20_000));
        slow.accept(completed(NOW), NOW);
        slow.accept(verdict(Decision.PASS, 1), NOW.plusSeconds(60));

        assertThat(again.verdict().map(Verdict::decision)).contains(Decision.PASS);
        assertThat(slow.verdict().map(Verdict::decision)).contains(Decision.PASS);
        assertThat(slow.captured()).containsExactly(CheckName.LOCKS);
    }

    private static MigrationCompleted completed(Instant time) {
        return new MigrationCompleted(
                RUN,
                new DatabaseName("shop"),
                time,
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                MigrationDescription.NOTHING_SAID);
    }

    private static RunFollower follower() {
        return new RunFollower(
                RUN,
                Optional.of(new DatabaseName("shop")),
                new PlainProgress(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        false,
                        Clock.systemUTC()));
    }

    private static MigrationStarted started() {
        return new MigrationStarted(RUN, new DatabaseName("shop"), NOW, MigrationDescription.NOTHING_SAID);
    }

    private static VerdictReached verdict(Decision decision, int revision) {
        return new VerdictReached(new Verdict(
                RUN,
                new DatabaseName("shop"),
                decision,
                true,
                revision,
                NOW,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Recommendation.INVESTIGATE));
    }

    private static BaselineCaptured captured(String database, CheckName check) {
        return new BaselineCaptured(
                RUN,
                new DatabaseName(database),
                check,
                BaselineStatus.CAPTURED,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
