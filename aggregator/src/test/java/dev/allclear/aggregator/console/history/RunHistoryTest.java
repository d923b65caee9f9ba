package dev.allclear.aggregator.console.history;

import static dev.allclear.aggregator.console.history.Heard.answer;
import static dev.allclear.aggregator.console.history.Heard.at;
import static dev.allclear.aggregator.console.history.Heard.completed;
import static dev.allclear.aggregator.console.history.Heard.started;
import static dev.allclear.aggregator.console.history.Heard.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private static final long PLENTY = 64L << 20;

    private final RunHistory history = new RunHistory(100, PLENTY);

    @Test
    void knowsTheSame_whateverTheOrder() {
        List<ReceivedEvent> events = new ArrayList<>(List.of(
                at(1, started("r1", "shop")),
                at(20, completed("r1", "shop")),
                at(22, answer("r1", CheckName.STATUS, Outcome.PASSED)),
                at(23, answer("r1", CheckName.STATUS, Outcome.FAILED)),
                at(24, answer("r1", CheckName.ROWS, Outcome.PASSED)),
                at(30, verdict("r1", "shop", Decision.FAIL, false, 1)),
                at(31, verdict("r1", "shop", Decision.FAIL, true, 2))));
        events.forEach(history::accept);
        RunSummary expected = history.find(new RunId("r1"), Optional.empty()).orElseThrow();

        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(events, new Random(seed));
            RunHistory shuffled = new RunHistory(100, PLENTY);
            events.forEach(shuffled::accept);

            assertThat(shuffled.find(new RunId("r1"), Optional.empty()))
                    .as("seed %d", seed)
                    .contains(expected);
        }
        assertThat(expected.state()).isEqualTo(RunState.DECIDED);
        assertThat(expected.checks().get(CheckName.STATUS).outcome()).contains(Outcome.FAILED);
        assertThat(expected.decided()).map(Decided::cause).contains("orders are gone");
    }

    @Test
    void goesFromMigratingToCheckingToDecided() {
        history.accept(at(1, started("r1", "shop")));
        assertThat(state("r1")).isEqualTo(RunState.MIGRATING);

        history.accept(at(20, completed("r1", "shop")));
        assertThat(state("r1")).isEqualTo(RunState.CHECKING);

        history.accept(at(25, verdict("r1", "shop", Decision.FAIL, false, 1)));
        assertThat(state("r1")).isEqualTo(RunState.CHECKING);

        history.accept(at(30, verdict("r1", "shop", Decision.FAIL, true, 2)));
        assertThat(state("r1")).isEqualTo(RunState.DECIDED);
    }

    @Test
    void saysNothingNew_whenAnEventComesTwice() {
        assertThat(history.accept(at(1, started("r1", "shop")))).isPresent();
        assertThat(history.accept(at(2, started("r1", "shop")))).isEmpty();
        assertThat(history.accept(at(3, answer("r1", CheckName.LOGS, Outcome.PASSED))))
                .isPresent();
        assertThat(history.accept(at(4, answer("r1", CheckName.LOGS, Outcome.PASSED))))
                .isEmpty();
    }

    @Test
    void hasNoVerdictOfADayAgo_whenARunIsAnnouncedUnderItsName_inWhicheverOrderThatIsRead() {
        int later = 26 * 3600;
        MigrationStarted first = started("r1", "shop");
        List<ReceivedEvent> events = new ArrayList<>(List.of(
                at(1, first),
                at(20, completed("r1", "shop")),
                at(31, verdict("r1", "shop", Decision.PASS, true, 2)),
                at(
                        later,
                        new MigrationStarted(
                                first.run(),
                                first.database(),
                                first.startedAt().plusSeconds(later),
                                first.description()))));

        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(events, new Random(seed));
            RunHistory shuffled = new RunHistory(100, PLENTY);
            events.forEach(shuffled::accept);

            assertThat(shuffled.find(new RunId("r1"), Optional.empty())
                            .orElseThrow()
                            .decided())
                    .as("seed %d", seed)
                    .isEmpty();
            shuffled.accept(at(later + 60, verdict("r1", "shop", Decision.FAIL, true, 1)));
            assertThat(shuffled.find(new RunId("r1"), Optional.empty())
                            .orElseThrow()
                            .decided())
                    .map(Decided::decision)
                    .contains(Decision.FAIL);
        }
    }

    @Test
    void hasNoVerdictOfDaysAgo_whenAnotherEndIsToldUnderItsName_inWhicheverOrderThatIsRead() {
        int later = 200_000;
        MigrationCompleted first = completed("r", "shop");
        MigrationCompleted second = new MigrationCompleted(
                first.run(),
                first.database(),
                Samples.T0.plusSeconds(later),
                first.exitCode(),
                first.outcome(),
                first.output(),
                first.description());
        List<ReceivedEvent> events =
                List.of(at(20, first), at(30, verdict("r", "shop", Decision.PASS, true, 1)), at(later, second));

        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(0, 2, 1), List.of(2, 0, 1), List.of(2, 1, 0))) {
            RunHistory history = new RunHistory(100, PLENTY);
            order.forEach(one -> history.accept(events.get(one)));

            assertThat(history.find(new RunId("r"), Optional.empty())
                            .orElseThrow()
                            .decided())
                    .as(order.toString())
                    .isEmpty();
            assertThat(history.find(new RunId("r"), Optional.empty())
                            .orElseThrow()
                            .completedAt())
                    .contains(second.completedAt());

            history.accept(at(later + 60, verdict("r", "shop", Decision.FAIL, true, 1)));
            assertThat(history.find(new RunId("r"), Optional.empty())
                            .orElseThrow()
                            .decided()
                            .map(Decided::decision))
                    .contains(Decision.FAIL);
        }
    }

    @Test
    void takesTheVerdictOfTheLastAttempt_whereThatIsReadBeforeItsEnd() {
        int later = 200_000;
        for (boolean oldFirst : List.of(true, false)) {
            ReceivedEvent old = at(30, verdict("r", "shop", Decision.PASS, true, 2));
            ReceivedEvent fresh = at(later, verdict("r", "shop", Decision.FAIL, true, 1));
            RunHistory history = new RunHistory(100, PLENTY);
            history.accept(oldFirst ? old : fresh);
            history.accept(oldFirst ? fresh : old);

            assertThat(history.find(new RunId("r"), Optional.empty())
                            .orElseThrow()
                            .decided()
                            .map(Decided::decision))
                    .contains(Decision.FAIL);
        }
    }

    @Test
    void doesNotListARunThatOnlyChecksMention() {
        history.accept(at(3, answer("ghost", CheckName.LOGS, Outcome.PASSED)));

        assertThat(history.list(RunFilter.NEWEST).runs()).isEmpty();
        assertThat(history.find(new RunId("ghost"), Optional.empty())).isEmpty();
    }

    @Test
    void tellsRunsOfOneNameApart_byTheirDatabase() {
        history.accept(at(1, started("r1", "shop")));
        history.accept(at(2, started("r1", "stock")));

        assertThat(history.find(new RunId("r1"), Optional.of(new DatabaseName("shop"))))
                .map(run -> run.key().database().value())
                .contains("shop");
        assertThat(history.find(new RunId("r1"), Optional.empty()))
                .map(run -> run.key().database().value())
                .contains("stock");
    }

    @Test
    void pagesThroughAllRuns_eachOnce_alsoThoseOfOneMoment() {
        for (int i = 0; i < 95; i++) {
            history.accept(at(i / 10, started("r" + i, "shop")));
        }

        List<String> seen = new ArrayList<>();
        Optional<Position> from = Optional.empty();
        do {
            RunList page =
                    history.list(new RunFilter(Optional.empty(), Optional.empty(), false, from, Optional.empty(), 10));
            page.runs().forEach(run -> seen.add(run.key().run().value()));
            from = page.next().map(Position::toString).flatMap(Position::parse);
        } while (from.isPresent());

        assertThat(seen).hasSize(95).doesNotHaveDuplicates();
    }

    @Test
    void filtersByDatabaseVerdictAndTime() {
        history.accept(at(1, started("a", "shop")));
        history.accept(at(5, verdict("a", "shop", Decision.PASS, true, 1)));
        history.accept(at(10, started("b", "stock")));
        history.accept(at(15, verdict("b", "stock", Decision.FAIL, true, 1)));
        history.accept(at(20, started("c", "shop")));
        history.accept(at(21, verdict("c", "shop", Decision.FAIL, false, 1)));

        assertThat(names(new RunFilter(
                        Optional.of(new DatabaseName("shop")),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        9)))
                .containsExactly("c", "a");
        assertThat(names(new RunFilter(
                        Optional.empty(), Optional.of(Decision.FAIL), false, Optional.empty(), Optional.empty(), 9)))
                .containsExactly("b");
        assertThat(names(
                        new RunFilter(Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty(), 9)))
                .containsExactly("c");
        assertThat(names(new RunFilter(
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Position.parse(Samples.T0.plusSeconds(20).toString()),
                        Optional.of(Samples.T0.plusSeconds(10)),
                        9)))
                .containsExactly("b");
    }

    @Test
    void keepsTheNewestRuns_andOfAsManyAsFitTheWholeEvents() {
        RunHistory small = new RunHistory(10, 2_000);
        for (int i = 0; i < 30; i++) {
            small.accept(at(i, started("r" + i, "shop")));
            small.accept(at(i, answer("r" + i, CheckName.STATUS, Outcome.PASSED)));
        }

        assertThat(small.list(RunFilter.NEWEST).runs()).hasSize(10);
        assertThat(small.size().bytes()).isLessThanOrEqualTo(2_000);
        assertThat(small.size().whole()).isBetween(1, 9);
        RunKey newest = small.list(RunFilter.NEWEST).runs().get(0).key();
        RunKey oldest = small.list(RunFilter.NEWEST).runs().get(9).key();
        assertThat(small.detail(newest)).map(RunDetail::reports).hasValueSatisfying(reports -> assertThat(reports)
                .containsExactly(Samples.report("r29", CheckName.STATUS, Outcome.PASSED)));
        assertThat(small.detail(oldest)).isEmpty();
    }

    @Test
    void losesNoRunToStrangers_whoAnswerForRunsThatNobodyAnnounced() {
        RunHistory small = new RunHistory(10, 4_000);
        small.accept(at(1, started("ours", "shop")));
        small.accept(at(2, answer("early", CheckName.STATUS, Outcome.PASSED)));
        for (int i = 0; i < 8; i++) {
            small.accept(at(10 + i, answer("ghost-" + i, CheckName.STATUS, Outcome.PASSED)));
        }
        small.accept(at(30, started("early", "shop")));

        for (int i = 0; i < 100; i++) {
            small.accept(at(40 + i, answer("another-" + i, CheckName.STATUS, Outcome.PASSED)));
        }

        assertThat(small.list(RunFilter.NEWEST).runs())
                .extracting(run -> run.key().run().value())
                .containsExactlyInAnyOrder("early", "ours");
        assertThat(small.size().runs()).isEqualTo(12);
        assertThat(small.size().bytes()).isLessThanOrEqualTo(5_000);
        assertThat(small.detail(new RunKey(new DatabaseName("shop"), new RunId("ours"))))
                .isPresent();
    }

    @Test
    void showsNoMoreOfWhatACheckDid_onceItsBaselineIsThere() {
        history.accept(at(1, started("r1", "shop")));
        history.accept(
                at(2, new CheckStarted(new RunId("r1"), Samples.SHOP, CheckName.LATENCY, Samples.T0, "measuring")));
        assertThat(progress().activity()).contains("measuring");

        history.accept(at(5, baseline(BaselineStatus.CAPTURED)));
        history.accept(at(4, doing("measuring more")));

        assertThat(progress().activity()).isEmpty();
        assertThat(progress().baseline()).contains(BaselineStatus.CAPTURED);

        history.accept(at(20, completed("r1", "shop")));
        history.accept(at(19, doing("still measuring")));
        assertThat(progress().activity()).isEmpty();

        history.accept(at(21, doing("looking again")));
        assertThat(progress().activity()).contains("looking again");
    }

    @Test
    void knowsWhichServiceOwesAnAnswer() {
        history.accept(at(3, answer("r1", CheckName.STATUS, Outcome.PASSED)));
        dev.allclear.model.Verdict without =
                verdict("r2", "shop", Decision.INCONCLUSIVE, true, 1).verdict();
        history.accept(at(
                9,
                new dev.allclear.event.VerdictReached(new dev.allclear.model.Verdict(
                        without.run(),
                        without.database(),
                        without.decision(),
                        true,
                        1,
                        without.decidedAt(),
                        without.reasons(),
                        List.of(),
                        List.of(CheckName.STATUS, CheckName.LOGS),
                        List.of(),
                        without.recommendation()))));

        assertThat(history.pulses().checks().get(CheckName.STATUS).isMissing()).isTrue();
        assertThat(history.pulses().checks().get(CheckName.LOGS).isMissing()).isTrue();

        history.accept(at(12, answer("r3", CheckName.STATUS, Outcome.FAILED)));
        assertThat(history.pulses().checks().get(CheckName.STATUS).isMissing()).isFalse();
    }

    private static CheckStarted doing(String what) {
        return new CheckStarted(new RunId("r1"), Samples.SHOP, CheckName.LATENCY, Samples.T0, what);
    }

    private BaselineCaptured baseline(BaselineStatus status) {
        return new BaselineCaptured(
                new RunId("r1"),
                Samples.SHOP,
                CheckName.LATENCY,
                status,
                Optional.empty(),
                Samples.T0,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    private CheckProgress progress() {
        return history.find(new RunId("r1"), Optional.empty())
                .orElseThrow()
                .checks()
                .get(CheckName.LATENCY);
    }

    private RunState state(String run) {
        return history.find(new RunId(run), Optional.empty()).orElseThrow().state();
    }

    private List<String> names(RunFilter filter) {
        return history.list(filter).runs().stream()
                .map(run -> run.key().run().value())
                .toList();
    }
}
