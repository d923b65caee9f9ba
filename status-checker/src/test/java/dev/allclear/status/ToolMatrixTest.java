package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Outcome;
import dev.allclear.status.ToolMatrix.Cell;
import dev.allclear.status.ToolMatrix.Told;
import dev.allclear.status.replay.ToolFixture;
import dev.allclear.status.replay.ToolReplay;
import dev.allclear.testkit.PostgresExtension;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the status check says of every recorded run, and that the tables of {@code docs/status.md} say the same. Each run is judged
 * as it was told, as a wrapper that swallows failures would tell it, and so without targets; a killed one again when its backend
 * has finished. What the page should say is left in {@code target/status-matrix.md}.
 */
final class ToolMatrixTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final ToolMatrix PAGE = ToolMatrix.read(ToolMatrix.PAGE);
    private static final Map<Cell, String> ANSWERS = new TreeMap<>();

    static List<ToolFixture> recordings() {
        return ToolFixture.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void saysWhatThePageSays(ToolFixture fixture) throws Exception {
        Checker checker = new StatusCheckerModule().create(postgres.parts(Rehearsal.QUICKLY));
        Map<Cell, CheckReport> reports = new TreeMap<>();
        try (ToolReplay replay = new ToolReplay(postgres, fixture)) {
            replay.toBaseline();
            Map<Told, Baseline> baselines = new EnumMap<>(Told.class);
            for (Told told : Told.values()) {
                baselines.put(told, told.of(new Rehearsal(postgres), fixture).before(checker));
            }
            replay.toEnd();
            look(checker, fixture, baselines, fixture.scenario(), reports);
            if (fixture.scenario().equals("killed")) {
                replay.letFinish();
                look(checker, fixture, baselines, "killed, later", reports);
            }
        }

        reports.forEach((cell, report) -> ANSWERS.put(cell, ToolMatrix.answer(report)));
        reports.forEach((cell, report) -> assertThat(report.outcome())
                .as("%s: %s", cell, report.findings())
                .satisfies(outcome -> isRight(cell, outcome)));
        assertThat(reports.values())
                .allSatisfy(report -> assertThat(report.measurements()).containsEntry("tool", fixture.toolName()));
        reports.forEach((cell, report) -> assertThat(ToolMatrix.answer(report))
                .as("%s in docs/status.md: %s", cell, report.findings())
                .isEqualTo(PAGE.cell(cell)));
    }

    @Test
    void thePageHasNoRunThatIsNotRecorded() {
        assertThat(PAGE.runs())
                .isSubsetOf(recordings().stream()
                        .flatMap(fixture -> fixture.scenario().equals("killed")
                                ? java.util.stream.Stream.of(fixture + "", fixture + ", later")
                                : java.util.stream.Stream.of(fixture + ""))
                        .toList());
    }

    @AfterAll
    static void leaveWhatThePageShouldSay() throws IOException {
        ToolMatrix.write(ANSWERS, Path.of("target/status-matrix.md"));
    }

    /** All ways of telling at once. */
    private static void look(
            Checker checker,
            ToolFixture fixture,
            Map<Told, Baseline> baselines,
            String column,
            Map<Cell, CheckReport> reports) {
        Map<Cell, Future<CheckReport>> asked = new TreeMap<>();
        baselines.forEach((told, baseline) -> {
            Rehearsal rehearsal = told.of(new Rehearsal(postgres), fixture);
            String output = told == Told.TRULY ? fixture.output() : "";
            asked.put(
                    new Cell(told, fixture.folder(), column),
                    checker.after(rehearsal.completed(output), Optional.of(baseline), rehearsal.context()));
        });
        asked.forEach((cell, report) -> reports.put(cell, postgres.await(report)));
    }

    /** What no change of the page may allow. */
    private static void isRight(Cell cell, Outcome outcome) {
        if (cell.column().equals("clean")) {
            assertThat(outcome).isEqualTo(Outcome.PASSED);
        } else if (cell.told() != Told.FALSELY_WITHOUT_TARGETS && !cell.column().equals("stamped")) {
            assertThat(outcome).isNotEqualTo(Outcome.PASSED);
        }
    }
}
