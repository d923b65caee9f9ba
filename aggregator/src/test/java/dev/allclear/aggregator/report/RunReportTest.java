package dev.allclear.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.ledger.RunLedger;
import dev.allclear.aggregator.ledger.RunWindows;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.aggregator.policy.Waiver;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    @Test
    void answersTheFiveQuestionsInTheOrderInWhichPeopleAsk() {
        String text = TerminalReport.of(SampleReports.bad(), false);

        assertThat(text)
                .containsSubsequence(
                        "Action needed",
                        "Causes",
                        "Did it complete fully?",
                        "Are the critical queries within range?",
                        "Are any locks left?",
                        "Do the numbers match?",
                        "Are there new database errors?",
                        "Action needed.",
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

    /** order-by-id went from 0.31 ms to 0.33 ms and passed: what the check does not object to is not painted red. */
    @Test
    void thePictureAlarmsOnlyWhereTheCheckDoes() {
        String html = HtmlReport.of(SampleReports.bad());

        assertThat(html).contains("class=\"value strong\">412 ms (502×)").contains("class=\"value\">0.33 ms (1.1×)");
    }

    @Test
    void theLatencyPictureShowsEveryExecution_andItsMiddleHalf() {
        Element picture = Jsoup.parse(HtmlReport.of(SampleReports.bad())).selectFirst("svg[aria-label^=distribution]");

        assertThat(picture.select("circle.before")).hasSize(5 + 1 + 1);
        assertThat(picture.select("circle.after.bad")).hasSize(5);
        assertThat(picture.select("rect.half")).hasSize(6);
        assertThat(picture.attr("aria-label")).contains("orders-of-customer: median 0.82 ms before, 412 ms after");
        assertThat(picture.select("text").eachText()).contains("0.1 ms", "1 ms", "100 ms", "1 s");
    }

    @Test
    void thePlansStandSideBySide_withWhatChangedMarked() {
        Element plans = Jsoup.parse(HtmlReport.of(SampleReports.bad())).selectFirst("details[open] .plans");

        assertThat(plans.select("li.gone code").eachText())
                .containsExactly("Index Scan using orders_customer_idx on orders");
        assertThat(plans.select("li.new code").eachText()).containsExactly("Sort", "Seq Scan on orders");
        assertThat(plans.select("li:not(.gone):not(.new) code").eachText()).containsExactly("Limit", "Limit");
    }

    @Test
    void theCatalogsChangesAreADiff() {
        Element diff = Jsoup.parse(HtmlReport.of(SampleReports.bad())).selectFirst("ul.diff");

        assertThat(diff.select("li.table > code").eachText()).containsExactly("public.orders");
        assertThat(diff.select("li.added").text()).isEqualTo("+added: column public.orders.currency added: text");
        assertThat(diff.select("li.removed").text()).isEqualTo("−removed: column public.orders.total dropped");
    }

    @Test
    void theErrorPictureMarksTheMigration_andTellsItsTimesInUtc() {
        Element picture = Jsoup.parse(HtmlReport.of(SampleReports.bad())).selectFirst("svg[aria-label^=errors]");

        assertThat(picture.attr("aria-label"))
                .isEqualTo("errors over time: 2 before, 0 during and 163 after the migration, "
                        + "which was over at 2026-03-01 10:00:20 UTC");
        assertThat(picture.select("text").eachText()).contains("over 10:00:20", "09:58:20", "10:01:40");
        assertThat(picture.select("line.marker")).isNotEmpty();
    }

    @Test
    void rowsAreExpectedAndFound() {
        Element picture = Jsoup.parse(HtmlReport.of(SampleReports.bad())).selectFirst("svg[aria-label^=expected]");

        assertThat(picture.select("text").eachText())
                .containsSubsequence("500,000 expected", "498,796 found, 1,204 missed", "20,000 expected");
        assertThat(picture.select("rect.after.bad"))
                .as("one bar and the legend")
                .hasSize(2);
    }

    @Test
    void theCauseStandsBeforeTheAnswers_andTheCostLast() {
        List<String> headings =
                Jsoup.parse(HtmlReport.of(SampleReports.bad())).select("h1, h2").eachText();

        assertThat(headings.get(0)).contains("Action needed");
        assertThat(headings.subList(1, 3)).containsExactly("Causes", "The five questions");
        assertThat(headings.get(headings.size() - 1)).isEqualTo("What Allclear itself cost the database");
    }

    @Test
    void junitHasASuiteForEachCheck_andACaseForEachQuestion() {
        org.jsoup.nodes.Document xml = Jsoup.parse(JunitReport.of(SampleReports.bad()), "", Parser.xmlParser());

        assertThat(xml.select("testsuite").eachAttr("name"))
                .containsExactly(
                        "allclear.status", "allclear.latency", "allclear.locks", "allclear.rows", "allclear.logs");
        assertThat(xml.select("testsuite[name=allclear.latency] > testcase").eachAttr("name"))
                .containsExactly(
                        "Are the critical queries within range?",
                        "orders-of-customer",
                        "order-by-id",
                        "open-orders-per-day");
        assertThat(xml.select("testcase[name=order-by-id] > failure")).isEmpty();
        assertThat(xml.select("testcase[name=orders-of-customer] > failure").attr("type"))
                .isEqualTo("latency.plan-regressed");
        assertThat(xml.select("testcase[name='public.customers: rows: unchanged'] > failure"))
                .isEmpty();
        for (String counted : List.of("failure", "error", "skipped")) {
            String attribute = counted.equals("skipped") ? counted : counted + "s";
            assertThat(xml.select("testsuites").attr(attribute))
                    .isEqualTo(
                            String.valueOf(xml.select("testcase > " + counted).size()));
        }
        assertThat(xml.select("testsuites").attr("tests"))
                .isEqualTo(String.valueOf(xml.select("testcase").size()));
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

    @Test
    void junitIsNotAllGreen_whereNoCheckButThePipelineObjects() {
        MigrationCompleted told = Samples.completed("r");
        MigrationCompleted failed = new MigrationCompleted(
                told.run(),
                told.database(),
                told.completedAt(),
                Optional.of(1),
                told.outcome(),
                told.output(),
                told.description());
        MigrationStarted again = new MigrationStarted(
                told.run(),
                told.database(),
                told.completedAt().plusSeconds(600),
                Samples.started("r").description());

        org.jsoup.nodes.Document commandFailed = junit(RunLedger.of(Samples.SHOP, told.run(), Samples.T0)
                .completed(failed, RunWindows.NONE, Samples.T0, STATUS_ONLY)
                .ledger());
        org.jsoup.nodes.Document repeated = junit(RunLedger.of(Samples.SHOP, told.run(), Samples.T0)
                .completed(told, RunWindows.NONE, Samples.T0, STATUS_ONLY)
                .ledger()
                .started(Samples.started("r"), RunWindows.NONE, Samples.T0, STATUS_ONLY)
                .ledger()
                .started(again, RunWindows.NONE, Samples.T0, STATUS_ONLY)
                .ledger());

        assertThat(commandFailed.select("testcase > failure").eachAttr("type"))
                .containsExactly("pipeline.command-failed");
        assertThat(commandFailed.select("testsuites").attr("failures")).isEqualTo("1");
        assertThat(repeated.select("testcase > error").eachAttr("type")).containsExactly("pipeline.run-repeated");
        assertThat(repeated.select("testsuites").attr("errors")).isEqualTo("1");
    }

    private static final Policy STATUS_ONLY = new Policy(
            Set.of(CheckName.STATUS),
            Set.of(),
            Policy.DEFAULT.deadline(),
            Policy.DEFAULT.logWatch(),
            Policy.DEFAULT.maxDeadline(),
            Policy.DEFAULT.abandonAfter());

    /** Of a run whose only check passed. */
    private static org.jsoup.nodes.Document junit(RunLedger ledger) {
        CheckReport passed = Samples.report("r", CheckName.STATUS, Outcome.PASSED);
        Verdict verdict =
                ledger.answered(passed, "id", Samples.T0, STATUS_ONLY).verdict().orElseThrow();
        RunReport report = new RunReport(verdict, List.of(passed), Optional.empty(), Optional.empty());
        return Jsoup.parse(JunitReport.of(report), "", Parser.xmlParser());
    }
}
