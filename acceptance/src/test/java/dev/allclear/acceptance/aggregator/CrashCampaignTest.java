package dev.allclear.acceptance.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link CrashCampaign}. */
final class CrashCampaignTest {
    @TempDir
    private Path folder;

    @Test
    void decidesEveryRunOnce_thoughAggregatorsAreKilled() throws Exception {
        long seed = System.nanoTime();

        List<Fact> facts = CrashCampaign.run(
                folder,
                new CrashCampaign.Plan(
                        60,
                        12,
                        0,
                        seed,
                        2,
                        List.of(Chaos.Kind.KILL, Chaos.Kind.HALT_AFTER_VERDICT),
                        Duration.ofMillis(500),
                        Duration.ofMillis(1_500)));
        String table = CrashTable.of(seed, facts);
        System.out.println(table);

        assertThat(HistoryAnalysis.of(facts).complaints()).as(table).isEmpty();
        assertThat(HistoryAnalysis.all(facts, Fact.Fault.class))
                .extracting(Fact.Fault::kind)
                .contains("kill");
        assertThat(HistoryAnalysis.all(facts, Fact.VerdictSeen.class)).hasSizeGreaterThanOrEqualTo(60);
    }
}
