package dev.allclear.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import dev.allclear.model.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What joins mere warnings is worth a look, and no report presents it as a damage: in none of the five faces. */
final class NoticedTest {
    private static final String WORDS = "orders-of-customer is slower because this migration dropped public.orders_idx";

    private final RunReport passed = SampleReports.warned();

    @Test
    void aPassHasNoCause_butSomethingWorthALook() {
        assertThat(passed.verdict().decision()).isEqualTo(Decision.PASS);
        assertThat(passed.causes()).isEmpty();
        assertThat(passed.worthALook()).extracting(joined -> joined.cause()).containsExactly(WORDS);
    }

    @Test
    void aFailKeepsItsCauses() {
        RunReport failed = SampleReports.bad();

        assertThat(failed.causes()).isEqualTo(failed.verdict().diagnosis()).isNotEmpty();
        assertThat(failed.worthALook()).isEmpty();
    }

    @Test
    void theTerminalSaysSoAfterTheAnswers() {
        assertThat(TerminalReport.of(passed, false))
                .containsSubsequence("Safe to keep", "Did it complete fully?", "Worth a look", WORDS)
                .doesNotContain("Cause");
        assertThat(TerminalReport.of(SampleReports.bad(), false))
                .containsSubsequence("Action needed", "Cause", "Did it complete fully?");
    }

    @Test
    void theMarkdownSaysSoAfterTheAnswers() {
        assertThat(MarkdownReport.of(passed))
                .containsSubsequence("Safe to keep", "Did it complete fully?", "## Worth a look", "is slower because")
                .doesNotContain("## Cause");
    }

    @Test
    void thePageSaysSoAfterTheAnswers() {
        assertThat(HtmlReport.of(passed))
                .containsSubsequence("Safe to keep</h1>", "Did it complete fully?", "<h2>Worth a look</h2>", WORDS)
                .doesNotContain("<h2>Cause</h2>");
    }

    @Test
    void theJsonSaysThatItDecidesNothing() {
        assertThat(diagnosis(passed)).containsExactly(false);
        assertThat(diagnosis(SampleReports.bad())).isNotEmpty().containsOnly(true);
    }

    @Test
    void theTestsOfThePipelinePass() {
        assertThat(JunitReport.of(passed))
                .contains("failures=\"0\"", "errors=\"0\"")
                .doesNotContain("<failure");
    }

    private static List<Object> diagnosis(RunReport report) {
        List<?> all = (List<?>) Json.parse(JsonReport.of(report)).get("diagnosis");
        return all.stream()
                .map(one -> (Object) ((Map<?, ?>) one).get("decides"))
                .toList();
    }
}
