package dev.allclear.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LiveBlockTest {
    private static final RunId RUN = new RunId("deploy-41");
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final Instant BEGUN = Instant.parse("2026-01-01T12:00:00Z");
    private static final CheckName TEAMS = new CheckName("billing.invoices");

    @Test
    void saysOfEveryCheckWhatItDoes_andForWhomItWaits() {
        LiveBlock block = new LiveBlock(
                Wait.answers(
                        "the checks look",
                        Set.of(CheckName.LOGS, CheckName.STATUS, CheckName.ROWS),
                        Duration.ofMinutes(2)),
                BEGUN);

        block.heard(doing(CheckName.LOGS, "watching the logs, 8 s to go"));
        block.heard(answer(CheckName.STATUS, "3 of 3 applied", List.of()), BEGUN.plusSeconds(4));

        assertThat(block.render(BEGUN.plusSeconds(75), 70, false))
                .containsExactly(
                        "the checks look                                                  1m15s",
                        "  status    PASSED        3 of 3 applied                            4s",
                        "  rows      asked         nothing heard from it yet              1m15s",
                        "  logs      at work       watching the logs, 8 s to go           1m15s",
                        "  waits for rows, logs, then the verdict; at most 45s more");
    }

    @Test
    void saysWhoHasItsBefore_andWhoHasNone() {
        LiveBlock block = new LiveBlock(
                Wait.before("announced", Set.of(CheckName.LATENCY, CheckName.LOCKS, TEAMS), Duration.ofSeconds(30)),
                BEGUN);

        block.heard(before(CheckName.LOCKS, BaselineStatus.CAPTURED, ""), BEGUN.plusSeconds(1));
        block.heard(before(CheckName.LATENCY, BaselineStatus.FAILED, "no right to read"), BEGUN.plusSeconds(2));

        assertThat(block.render(BEGUN.plusSeconds(3), 90, false))
                .containsExactly(
                        "announced                                                                               3s",
                        "  latency           no before     could not measure \"before\": no right to read          2s",
                        "  locks             ready         has measured \"before\"                                 1s",
                        "  billing.invoices  asked         nothing heard from it yet                             3s",
                        "  waits for \"before\" of billing.invoices; at most 27s more");
    }

    @Test
    void leavesAnAnswerAlone_whenAnOldActivityComesLate() {
        LiveBlock block = new LiveBlock(Wait.answers("", Set.of(CheckName.ROWS), Duration.ofSeconds(30)), BEGUN);

        block.heard(answer(CheckName.ROWS, "2 of 2 hold", List.of()), BEGUN);
        block.heard(doing(CheckName.ROWS, "counting"));

        assertThat(block.render(BEGUN, 80, false))
                .anyMatch(line -> line.contains("2 of 2 hold"))
                .noneMatch(line -> line.contains("counting"))
                .last()
                .asString()
                .contains("waits for the verdict");
    }

    @Test
    void saysThatTheTimeIsUp_insteadOfCountingOn() {
        LiveBlock block = new LiveBlock(Wait.answers("", Set.of(), Duration.ofSeconds(30)), BEGUN);

        assertThat(block.render(BEGUN.plusSeconds(31), 80, false))
                .last()
                .asString()
                .contains("the time is up");
    }

    @Test
    void keepsEveryLineWithinTheTerminal_whateverTheEventsSay() {
        String hostile =
                "\u001b[2J\u001b]0;x\u0007\r\nPASS\u202e all 表表表表表 clear é\u0301 \ud83d\ude00\ud83d ".repeat(6);
        LiveBlock block =
                new LiveBlock(Wait.answers(hostile, Set.of(CheckName.ROWS, TEAMS), Duration.ofSeconds(30)), BEGUN);
        block.heard(doing(CheckName.LOGS, hostile));
        block.heard(
                answer(
                        CheckName.ROWS,
                        hostile,
                        List.of(Finding.of(new FindingCode("rows.x"), Severity.ERROR, "t", "m"))),
                BEGUN);

        for (int width = 1; width < 200; width++) {
            List<String> lines = block.render(BEGUN, width, false);

            int widest = lines.stream().mapToInt(Cells::width).max().orElseThrow();
            assertThat(widest).as("of %s columns", width).isLessThanOrEqualTo(width);
            assertThat(lines).noneMatch(line -> line.codePoints()
                    .anyMatch(code -> Character.isISOControl(code) || Character.getType(code) == Character.FORMAT));
        }
    }

    @Test
    void paintsWholeWords_andTakesNoRoomForIt() {
        LiveBlock block = new LiveBlock(Wait.answers("look", Set.of(CheckName.ROWS), Duration.ofSeconds(30)), BEGUN);

        List<String> plain = block.render(BEGUN, 60, false);
        List<String> painted = block.render(BEGUN, 60, true);

        assertThat(painted).isNotEqualTo(plain);
        assertThat(painted.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")))
                .isEqualTo(plain);
    }

    private static CheckStarted doing(CheckName check, String activity) {
        return new CheckStarted(RUN, SHOP, check, BEGUN, activity);
    }

    private static CheckReport answer(CheckName check, String summary, List<Finding> findings) {
        return new CheckReport(
                RUN,
                SHOP,
                check,
                "1",
                findings.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
                summary,
                findings,
                Map.of(),
                BEGUN,
                BEGUN,
                Cost.NONE);
    }

    private static BaselineCaptured before(CheckName check, BaselineStatus status, String reason) {
        return new BaselineCaptured(
                RUN,
                SHOP,
                check,
                status,
                reason.isEmpty() ? Optional.empty() : Optional.of(reason),
                BEGUN,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
