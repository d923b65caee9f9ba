package dev.allclear.aggregator.report;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.util.List;

/**
 * A report as one HTML file that needs nothing else: no network, no script. Its content security policy admits its own style sheet by
 * hash and nothing more, so that even a mistake in escaping could not run or load anything.
 */
public final class HtmlReport {
    private final RunReport report;
    private final Markup html;

    private HtmlReport(RunReport report, Markup html) {
        this.report = report;
        this.html = html;
    }

    /** The whole document. */
    public static String of(RunReport report) {
        return new HtmlReport(report, Markup.html()).document();
    }

    /** The checks that have answered, each with evidence and picture, for a page that goes on while others have not. */
    public static void answered(RunReport report, Markup html) {
        HtmlReport pages = new HtmlReport(report, html);
        report.sections().stream()
                .filter(section -> section.outcome().isPresent())
                .forEach(pages::section);
        pages.findings("not-proven", "Not proven so far", report.notProven());
    }

    /** Why it was decided so, where a cause was found. */
    public static void causes(RunReport report, Markup html) {
        new HtmlReport(report, html).causes();
    }

    /** What follows the answers in the document: checks, what was not proven, remarks and cost. */
    public static void details(RunReport report, Markup html) {
        new HtmlReport(report, html).details();
    }

    private String document() {
        Mark mark = Mark.of(report.verdict().decision());
        html.open("html", "lang", "en");
        head();
        html.open("body", "class", mark.style);
        html.open("header").open("div", "class", "page");
        banner(mark);
        html.close().close();
        html.open("main", "class", "page");
        causes();
        answers();
        details();
        html.close();
        html.open("footer", "class", "page")
                .text("Written by Allclear. Absence of evidence is never a pass.")
                .close();
        html.close().close();
        return html.toString();
    }

    private void causes() {
        joined("cause", Wording.causes(report.causes().size()), report.causes());
    }

    private void details() {
        joined("noticed", Wording.worthALook(), report.worthALook());
        report.sections().forEach(this::section);
        findings("not-proven", "What was not proven", report.notProven());
        findings("remarks", "Remarks", report.remarks());
        CostTable.draw(report, html);
    }

    private void head() {
        StyleSheet style = StyleSheet.load();
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src '" + style.hash() + "'; base-uri 'none'; form-action 'none'");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.leaf(
                "title",
                report.headline() + " · " + report.verdict().run() + " · "
                        + report.verdict().database());
        html.style(style);
        html.close();
    }

    private void banner(Mark mark) {
        html.leaf("p", "Migration verification", "class", "kicker");
        html.open("h1")
                .leaf("span", mark.sign, "class", "sign", "aria-hidden", "true")
                .text(report.headline())
                .close();
        html.leaf("p", Wording.advice(report.verdict().recommendation()), "class", "advice");
        html.open("dl", "class", "facts");
        fact("Run", report.verdict().run().value());
        fact("Database", report.verdict().database().value());
        fact("Migration", Plain.line(report.migration()));
        fact("The command claimed", report.claim().orElse(""));
        report.ran().ifPresent(ran -> fact("Ran", ran));
        fact("Decided", Moment.of(report.verdict().decidedAt()));
        fact(
                "Verdict",
                (report.verdict().isFinal() ? "final" : "not final yet") + ", revision "
                        + report.verdict().revision());
        html.close();
    }

    private void fact(String name, String value) {
        if (!value.isBlank()) {
            html.open("div").leaf("dt", name).leaf("dd", value).close();
        }
    }

    private void answers() {
        html.open("section", "class", "answers").leaf("h2", "The five questions", "class", "hidden");
        html.open("table");
        for (CheckSection section : report.sections()) {
            html.open("tr");
            html.open("td", "class", "mark")
                    .leaf("span", section.mark().sign, "class", "badge " + section.mark().style, "aria-hidden", "true");
            html.leaf("span", section.mark().word, "class", "hidden").close();
            html.open("th", "scope", "row").leaf("a", section.question(), "href", "#" + section.check());
            if (!section.required()) {
                html.leaf("span", "advisory", "class", "tag");
            }
            html.close();
            html.leaf("td", Plain.line(section.sentence()));
            html.close();
        }
        Mark mark = Mark.of(report.verdict().decision());
        html.open("tr", "class", "sum");
        html.open("td", "class", "mark")
                .leaf("span", mark.sign, "class", "badge " + mark.style, "aria-hidden", "true")
                .close();
        html.leaf("th", report.headline(), "scope", "row");
        html.leaf("td", Wording.advice(report.verdict().recommendation()));
        html.close().close().close();
    }

    private void joined(String style, String title, List<Diagnosis> joined) {
        if (joined.isEmpty()) {
            return;
        }
        html.open("section", "class", style);
        html.leaf("h2", title);
        html.open("ul");
        joined.forEach(cause -> {
            html.open("li").text(Plain.line(cause.cause()) + ".");
            cause.findings().forEach(code -> html.leaf("code", code.value(), "class", "ref"));
            html.close();
        });
        html.close().close();
    }

    private void section(CheckSection section) {
        html.open(
                "section",
                "class",
                "check " + section.mark().style,
                "id",
                section.check().value());
        html.open("h2")
                .text(section.check().value())
                .leaf("span", section.mark().word, "class", "pill " + section.mark().style);
        if (!section.required()) {
            html.leaf("span", "advisory", "class", "tag");
        }
        html.close();
        html.leaf("p", Plain.line(section.sentence()), "class", "sentence");
        section.findings().stream()
                .filter(finding -> finding.severity() != Severity.UNPROVEN)
                .forEach(finding -> FindingCard.draw(finding, html));
        Pictures.draw(section, html);
        html.close();
    }

    private void findings(String id, String title, List<Finding> findings) {
        if (!findings.isEmpty()) {
            html.open("section", "id", id).leaf("h2", title);
            findings.forEach(finding -> FindingCard.draw(finding, html));
            html.close();
        }
    }
}
