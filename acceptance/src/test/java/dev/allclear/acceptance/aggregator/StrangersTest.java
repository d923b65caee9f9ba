package dev.allclear.acceptance.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link StrangersBench}. */
final class StrangersTest {
    @TempDir
    private Path folder;

    @Test
    void doesNotGrow_andDecidesOtherRuns_whileStrangersSayAnything() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the flood: " + seed);

        StrangersBench.Result result = StrangersBench.flood(folder, 40, 0, "-Xmx256m", seed);

        assertThat(result.complaints()).isEmpty();
        assertThat(result.waits()).hasSizeGreaterThan(5);
        assertThat(result.heap()).hasSizeGreaterThan(2).allSatisfy(used -> assertThat(used)
                .isLessThan(128));
    }
}
