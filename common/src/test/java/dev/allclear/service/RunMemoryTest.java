package dev.allclear.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunMemoryTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private final RunMemory memory = new RunMemory(CheckName.ROWS, 10_000);

    @Test
    void dropsTheOldestBaselinesBeyondItsSize() {
        for (int i = 1; i <= 5; i++) {
            memory.accept(baseline("r" + i, CheckName.ROWS, "x".repeat(3_000)), NOON);
        }

        assertThat(memory.unanswered())
                .extracting(baseline -> baseline.run().value())
                .containsExactly("r3", "r4", "r5");
    }

    @Test
    void countsABaselineOnceThatIsSaidTwice() {
        for (int i = 1; i <= 9; i++) {
            memory.accept(baseline("r1", CheckName.ROWS, "x".repeat(3_000)), NOON);
        }

        assertThat(memory.find(new RunKey(SHOP, new RunId("r1")))).isPresent();
    }

    @Test
    void dropsWhatIsOlderThanADay() {
        memory.accept(baseline("r1", CheckName.ROWS, "x"), NOON);
        memory.accept(result("r2"), NOON);

        memory.prune(NOON.plus(Duration.ofHours(25)));

        assertThat(memory.find(new RunKey(SHOP, new RunId("r1")))).isEmpty();
        assertThat(memory.isAnswered(new RunKey(SHOP, new RunId("r2")))).isFalse();
    }

    @Test
    void aResultEndsTheBaselineInWhateverOrderTheyCome() {
        memory.accept(baseline("r1", CheckName.ROWS, "x"), NOON);
        memory.accept(result("r1"), NOON);
        memory.accept(result("r2"), NOON);
        memory.accept(baseline("r2", CheckName.ROWS, "x"), NOON);

        assertThat(memory.unanswered()).isEmpty();
        assertThat(memory.isAnswered(new RunKey(SHOP, new RunId("r2")))).isTrue();
    }

    @Test
    void ignoresOtherChecks() {
        memory.accept(baseline("r1", CheckName.LOCKS, "x"), NOON);

        assertThat(memory.find(new RunKey(SHOP, new RunId("r1")))).isEmpty();
    }

    private static BaselineCaptured baseline(String run, CheckName check, String text) {
        return new BaselineCaptured(
                new RunId(run),
                SHOP,
                check,
                BaselineStatus.CAPTURED,
                Optional.empty(),
                NOON,
                Optional.empty(),
                Map.of("text", text),
                Optional.of(new MigrationStarted(new RunId(run), SHOP, NOON, MigrationDescription.NOTHING_SAID)));
    }

    private static CheckCompleted result(String run) {
        return new CheckCompleted(new CheckReport(
                new RunId(run),
                SHOP,
                CheckName.ROWS,
                "1",
                Outcome.PASSED,
                "fine",
                List.of(),
                Map.of(),
                NOON,
                NOON,
                Cost.NONE));
    }
}
