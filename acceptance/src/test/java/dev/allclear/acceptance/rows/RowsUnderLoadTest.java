package dev.allclear.acceptance.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@link RowsUnderLoad}. */
final class RowsUnderLoadTest {
    @Test
    void isNeverWrong_whileOthersWrite() throws Exception {
        List<LoadedRun.Result> results = RowsUnderLoad.campaign(8, System.nanoTime());

        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.wrong()).as("%s", result).isEmpty());
        assertThat(results.stream().flatMap(result -> result.byChance().stream()))
                .as("numbers that are right by chance: rare")
                .hasSizeLessThan(2);
        assertThat(results.stream().flatMap(result -> result.said().values().stream()))
                .as("some answers are certain")
                .contains("ERROR");
    }
}
