package dev.allclear.aggregator.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecidedTest {
    private static final Finding SLOW =
            Finding.of(new FindingCode("latency.slower"), Severity.WARNING, "orders", "a little slower");
    private static final Finding BROKEN =
            Finding.of(new FindingCode("logs.errors-increased"), Severity.ERROR, "orders", "33 errors");

    @Test
    void namesNoMereWarningAsTheCauseOfAFailure() {
        Diagnosis joined = new Diagnosis("orders is slower because of an index", List.of(SLOW.code()));

        assertThat(Decided.of(failed(joined)).cause()).isEqualTo("33 errors");
    }

    @Test
    void namesTheCauseThatDecided() {
        Diagnosis joined = new Diagnosis("the application lost a column", List.of(BROKEN.code(), SLOW.code()));

        assertThat(Decided.of(failed(joined)).cause()).isEqualTo("the application lost a column");
    }

    private static Verdict failed(Diagnosis joined) {
        return new Verdict(
                new RunId("r"),
                new DatabaseName("shop"),
                Decision.FAIL,
                true,
                1,
                Instant.EPOCH,
                List.of(BROKEN),
                List.of(
                        new CheckVerdict(CheckName.LATENCY, true, Outcome.PASSED, "", List.of(SLOW), Cost.NONE),
                        new CheckVerdict(CheckName.LOGS, true, Outcome.FAILED, "", List.of(BROKEN), Cost.NONE)),
                List.of(),
                List.of(joined),
                Recommendation.INVESTIGATE);
    }
}
