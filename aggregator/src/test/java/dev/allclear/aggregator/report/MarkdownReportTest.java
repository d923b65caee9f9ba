package dev.allclear.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands in a pull request's comment. */
final class MarkdownReportTest {
    @Test
    void saysTheVerdictAndItsCauseFirst() {
        assertThat(MarkdownReport.of(SampleReports.bad()))
                .containsSubsequence(
                        "# ✗ Action needed",
                        "## Causes",
                        "orders-of-customer is slower",
                        "| ✗ failed | Did it complete fully?",
                        "## status: failed",
                        "```sql",
                        "## What Allclear itself cost the database");
    }

    @Test
    void fitsAComment_andSaysWhatItLeavesOut() {
        Finding[] many = IntStream.range(0, 5_000)
                .mapToObj(i -> Finding.of(
                                new FindingCode("status.lost"),
                                i % 2 == 0 ? Severity.ERROR : Severity.UNPROVEN,
                                "public.table_" + i,
                                "public.table_" + i + " lost ☃ " + "something ".repeat(10))
                        .withRemedy("GRANT SELECT ON public.table_" + i + " TO shop;"))
                .toArray(Finding[]::new);
        CheckReport report = Samples.report("large", CheckName.STATUS, Outcome.FAILED, many);

        String markdown = MarkdownReport.of(SampleReports.judged("large", List.of(report)));

        assertThat(markdown.getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(MarkdownReport.LARGEST - 5_000, MarkdownReport.LARGEST);
        assertThat(markdown)
                .containsPattern("[0-9],[0-9]{3} findings do not fit here; the files `report.html` and `report.json`")
                .containsSubsequence("public.table\\_0 lost", "## What Allclear itself cost the database");
        assertThat(markdown.split("```", -1).length % 2)
                .as("every fence is closed")
                .isEqualTo(1);
    }

    @Test
    void neverShowsHalfARemedy() {
        Finding finding = Finding.of(new FindingCode("status.lost"), Severity.ERROR, "public.orders", "much is lost")
                .withRemedy("GRANT SELECT ON public.orders TO shop;\n".repeat(200));
        CheckReport report = Samples.report("long", CheckName.STATUS, Outcome.FAILED, finding);

        String markdown = MarkdownReport.of(SampleReports.judged("long", List.of(report)));

        assertThat(markdown).contains("The remedy is too long for here").doesNotContain("GRANT SELECT");
    }
}
