package dev.allclear.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.ledger.RunLedger;
import dev.allclear.aggregator.ledger.RunWindows;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.aggregator.policy.Waiver;
import dev.allclear.codec.Json;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class RunReportTest {
    @Test
    void answersTheFiveQuestionsInTheOrderInWhichPeopleAsk() {
        String text = TerminalReport.of(SampleReports.bad(), false);

        assertThat(text)
                .containsSubsequence(
                        "Action needed",
                        "Did it complete fully?",
                        "Are the critical queries within range?",
                        "Are any locks left?",
                        "Do the numbers match?",
                        "Are there new database errors?",
                        "Action needed.",
                        "Causes",
                        "DROP INDEX CONCURRENTLY public.orders_customer_idx;",
                        "locks.held-after-completion",
                        "rows.incomplete-backfill",
                        "logs.undefined-column",
                        "Allclear itself cost the database")
                .doesNotContain("\u001b");
    }

    @Test
    void joinsTheSlowQueryWithTheInvalidIndex_andNamesWhatTheApplicationStillReads() {
        List<Diagnosis> causes = SampleReports.bad().verdict().diagnosis();

        assertThat(causes)
                .extracting(Diagnosis::cause)
                .containsExactly(
                        "orders-of-customer is slower because the index public.orders_customer_idx is invalid and cannot be used",
                        "the application still uses column orders.total, which is no longer there");
    }

    @Test
    void saysWhatWasNotProven() {
        RunReport report = SampleReports.unproven();

        String text = TerminalReport.of(report, false);

        assertThat(report.headline()).isEqualTo("Not proven");
        assertThat(text)
                .contains("No answer by the deadline.")
                .containsSubsequence("What was not proven", "check latency is required", "no log source is configured");
    }

    @Test
    void colourIsOnlyAskedFor() {
        assertThat(TerminalReport.of(SampleReports.good(), true)).contains("\u001b[32m");
        assertThat(TerminalReport.of(SampleReports.good(), false)).contains("✓ Safe to keep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "</script><script>alert(1)</script>",
                "\" onload=\"alert(1)",
                "a | b | `c` **d** [x](javascript:alert(1)) @here",
                "\u001b[2J\u001b]0;owned\u0007 \u202e reversed \u0000",
                "]]> & &amp; </pre></textarea>"
            })
    void treatsWhatStrangersSayAsText(String attack) throws Exception {
        RunReport report = SampleReports.hostile(attack);

        String html = HtmlReport.of(report);
        String markdown = MarkdownReport.of(report);
        String terminal = TerminalReport.of(report, false);
        Document junit = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JunitReport.of(report).getBytes(StandardCharsets.UTF_8)));

        assertThat(html).doesNotContain("<img", "<script", "\" onload", "</textarea", "\u001b", "\u202e");
        assertThat(markdown.replaceAll("(?s)```.*?```", ""))
                .doesNotContain("<img", "<script", "[x](javascript", "@here", "**d**", "\u001b", "\u202e");
        assertThat(terminal).doesNotContain("\u001b", "\u0007", "\u202e", "\u0000");
        assertThat(junit.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        assertThat(Json.parse(JsonReport.of(report))).containsKey("checks");
    }

    /** The sample's query went from 1 ms to 9 ms and passed: what the check does not object to is not painted red. */
    @Test
    void thePictureAlarmsOnlyWhereTheCheckDoes() {
        assertThat(HtmlReport.of(SampleReports.bad())).contains("class=\"value strong\">412 ms");
        assertThat(HtmlReport.of(SampleReports.hostile("query"))).doesNotContain("class=\"value strong\">9 ms");
    }

    @Test
    void theLockPictureHasALaneForEachRelation_barsByMode_andTheWaitersInAnotherColour() {
        String html = HtmlReport.of(SampleReports.bad());
        String picture =
                html.substring(html.indexOf("lock timeline"), html.indexOf("</svg>", html.indexOf("lock timeline")));

        assertThat(picture.split(">public\\.", -1)).hasSize(3);
        assertThat(picture.split("class=\"lock share\"", -1)).hasSize(3);
        assertThat(picture.split("class=\"lock exclusive\"", -1)).hasSize(3);
        assertThat(picture.split("class=\"lock left\"", -1)).hasSize(3);
        assertThat(picture.split("class=\"waited\"", -1)).hasSize(6);
        assertThat(picture)
                .containsSubsequence(
                        "migration over", ">public.orders", "ACCESS EXCLUSIVE", "22.0 s, left behind, 4 waits");
    }

    @Test
    void htmlNeedsNothingButItself() {
        String html = HtmlReport.of(SampleReports.bad());

        assertThat(html)
                .contains("default-src 'none'; style-src 'sha256-".replace("'", "&#39;"))
                .doesNotContain("<script", " style=", "src=", "http://", "https://", "@import", "url(");
        assertThat(html.split("<svg", -1)).hasSize(5);
    }

    @Test
    void jsonIsTheVerdictWithEveryChecksWholeResult() {
        var json = Json.parse(JsonReport.of(SampleReports.bad()));

        assertThat(json).containsEntry("decision", "FAIL").containsEntry("final", true);
        assertThat((List<?>) json.get("checks")).hasSize(5).allSatisfy(check -> assertThat(check)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsKeys("check", "required", "outcome", "findings", "measurements", "cost"));
    }

    @Test
    void writesFourFiles(@TempDir Path directory) {
        ReportFiles.write(SampleReports.good(), directory.resolve("new/out"));

        assertThat(directory.resolve("new/out"))
                .isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/report.md")
                .isDirectoryContaining("glob:**/report.json")
                .isDirectoryContaining("glob:**/report.junit.xml");
    }

    @Test
    void saysWhoWaivedWhat_whyAndUntilWhen_inEveryFormat() {
        Finding lost = Finding.of(
                new FindingCode("status.grant-lost"), Severity.ERROR, "public.orders", "public.orders: select is lost");
        CheckReport answer = Samples.report("r", CheckName.STATUS, Outcome.FAILED, lost);
        Policy policy = new Policy(
                        Set.of(CheckName.STATUS),
                        Set.of(),
                        Policy.DEFAULT.deadline(),
                        Policy.DEFAULT.logWatch(),
                        Policy.DEFAULT.maxDeadline(),
                        Policy.DEFAULT.abandonAfter())
                .withWaivers(List.of(new Waiver(
                        lost.code(), Optional.empty(), "ada", "the role goes", Samples.T0.plusSeconds(86_400))));
        Verdict verdict = RunLedger.of(Samples.SHOP, new RunId("r"), Samples.T0)
                .completed(Samples.completed("r"), RunWindows.NONE, Samples.T0, policy)
                .ledger()
                .answered(answer, "id", Samples.T0, policy)
                .verdict()
                .orElseThrow();

        RunReport report = new RunReport(verdict, List.of(answer), Optional.empty(), Optional.empty());

        for (String text : List.of(
                TerminalReport.of(report, false),
                MarkdownReport.of(report),
                HtmlReport.of(report),
                JunitReport.of(report))) {
            assertThat(text).contains("waived by ada until 2026-03-02T10:00:00Z", "the role goes");
        }
        assertThat(MarkdownReport.of(report)).contains("Safe to keep").doesNotContain("**error**");
        assertThat(report.sections().get(0).outcome()).contains(Outcome.PASSED);
    }
}
