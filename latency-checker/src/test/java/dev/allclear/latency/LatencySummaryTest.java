package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LatencySummaryTest {
    @Test
    void tellsTheTimeOfAQueryThatBecameSlower_andHowManyAreFine() {
        List<Finding> findings = List.of(
                error(LatencyFindings.PLAN_REGRESSED, "q1").withEvidence("ratio", 182.0),
                error(LatencyFindings.MORE_BUFFERS, "q1")
                        .withEvidence("before", 13)
                        .withEvidence("after", 4348),
                error(LatencyFindings.SLOWER, "q1").withEvidence("before", 0.17).withEvidence("after", 47.2));

        String summary = LatencySummary.of(2, 0, findings);

        assertThat(summary).isEqualTo("q1 takes 47 ms, 0.17 ms before; 1 of 2 queries is within range.");
    }

    @Test
    void tellsBlocksWhereTimeSaysNothing() {
        List<Finding> findings = List.of(error(LatencyFindings.MORE_BUFFERS, "q1")
                .withEvidence("before", 13)
                .withEvidence("after", 4348));

        String summary = LatencySummary.of(1, 0, findings);

        assertThat(summary).isEqualTo("q1 touches 4348 blocks, 13 before; 0 of 1 query is within range.");
    }

    @Test
    void staysShort_whenManyQueriesFail() {
        List<Finding> findings = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> error(LatencyFindings.QUERY_FAILED, "q" + i))
                .toList();

        String summary = LatencySummary.of(5, 0, findings);

        assertThat(summary)
                .contains("q1 worked before and fails now", "2 more became worse or fail", "0 of 5 queries are")
                .doesNotContain("q4");
    }

    private static Finding error(FindingCode code, String query) {
        return Finding.of(code, Severity.ERROR, query, "worse");
    }

    @Test
    void countsWhatWasChosenByItself() {
        assertThat(LatencySummary.of(2, 0, List.of())).isEqualTo("All 2 critical queries are within range of before.");
        assertThat(LatencySummary.of(1, 5, List.of()))
                .isEqualTo("The critical query and the 5 most used statements are within range of before.");
        assertThat(LatencySummary.of(0, 1, List.of())).isEqualTo("The most used statement is within range of before.");
    }
}
