package dev.allclear.aggregator.ledger;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.policy.Policy;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.RunId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunWindowsTest {
    @Test
    void findsRunsThatWentOnAtTheSameTime_inEveryOrderOfHearing() {
        RunLedger first = run("first", 0, 20);
        RunLedger second = run("second", 10, 30);
        RunLedger third = run("third", 40, 50);

        RunWindows forth = RunWindows.NONE.with(first).with(second).with(third);
        RunWindows back = RunWindows.NONE.with(third).with(second).with(first);

        assertThat(forth).isEqualTo(back);
        assertThat(forth.overlapping(new RunId("first"))).containsExactly(new RunId("second"));
        assertThat(forth.overlapping(new RunId("second"))).containsExactly(new RunId("first"));
        assertThat(forth.overlapping(new RunId("third"))).isEmpty();
    }

    @Test
    void countsARunWithoutAnEndAsStillGoingOn() {
        RunLedger open = RunLedger.of(SHOP, new RunId("open"), T0)
                .started(
                        new MigrationStarted(new RunId("open"), SHOP, T0, MigrationDescription.NOTHING_SAID),
                        RunWindows.NONE,
                        T0,
                        Policy.DEFAULT)
                .ledger();

        RunWindows windows = RunWindows.NONE.with(open).with(run("later", 500, 510));

        assertThat(windows.overlapping(new RunId("later"))).containsExactly(new RunId("open"));
    }

    private static RunLedger run(String name, int from, int to) {
        RunId run = new RunId(name);
        return RunLedger.of(SHOP, run, T0)
                .started(
                        new MigrationStarted(run, SHOP, T0.plusSeconds(from), MigrationDescription.NOTHING_SAID),
                        RunWindows.NONE,
                        T0,
                        Policy.DEFAULT)
                .ledger()
                .completed(
                        new MigrationCompleted(
                                run,
                                SHOP,
                                T0.plusSeconds(to),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                MigrationDescription.NOTHING_SAID),
                        RunWindows.NONE,
                        T0,
                        Policy.DEFAULT)
                .ledger();
    }
}
