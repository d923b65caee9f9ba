package dev.allclear.aggregator.report;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A report as GitHub-flavoured Markdown, for pull requests, job summaries and chat. Words of strangers are text, never markup, links
 * or mentions. It always fits a pull request's comment: what does not is counted and left to the other files, worst findings first.
 */
public final class MarkdownReport {
    /** What GitHub takes as one comment; counted in bytes here, which is never less than in characters. */
    static final int LARGEST = 65_536;

    private static final int TAIL = 2_000;
    private static final int LONGEST_SENTENCE = 1_000;
    private static final int LONGEST_REMEDY = 4_000;
    private static final int MOST_CAUSES = 10;

    private final StringBuilder out = new StringBuilder();
    private int size;
    private int leftOut;

    private MarkdownReport() {}

    /** The whole report, ending with a line end. */
    public static String of(RunReport report) {
        MarkdownReport writer = new MarkdownReport();
        writer.write(report);
        return writer.out.toString();
    }

    private void write(RunReport report) {
        add("# " + Mark.of(report.verdict().decision()).sign + " " + report.headline() + "\n\n");
        add("Run " + MarkdownText.code(report.verdict().run().value()) + " on "
                + MarkdownText.code(report.verdict().database().value())
                + (report.migration().isEmpty() ? "" : " (" + sentence(report.migration()) + ")") + ", decided "
                + Moment.of(report.verdict().decidedAt()) + ", revision "
                + report.verdict().revision() + ".\n");
        joined(Wording.causes(report.causes().size()), report.causes());
        add("\n| | question | answer |\n|---|---|---|\n");
        for (CheckSection section : report.sections()) {
            add("| " + section.mark().sign + " " + section.mark().word + " | " + sentence(section.question()) + " | "
                    + sentence(section.sentence()) + (section.required() ? "" : " (advisory)") + " |\n");
        }
        add("\n**" + report.headline() + ".** "
                + Wording.advice(report.verdict().recommendation()) + "\n");
        joined(Wording.worthALook(), report.worthALook());
        for (CheckSection section : report.sections()) {
            findings(
                    section.check() + ": " + section.mark().word,
                    section.findings().stream()
                            .filter(finding -> finding.severity() != Severity.UNPROVEN)
                            .toList());
        }
        findings("What was not proven", report.notProven());
        findings("Remarks", report.remarks());
        if (leftOut > 0) {
            add("\n" + Quantity.count((long) leftOut) + (leftOut == 1 ? " finding does" : " findings do")
                    + " not fit here; the files `report.html` and `report.json` have all of them.\n");
        }
        add("\n## What Allclear itself cost the database\n\nAt most " + Wording.cost(report.cost()) + ".\n");
    }

    private void joined(String title, List<Diagnosis> causes) {
        if (causes.isEmpty()) {
            return;
        }
        add("\n## " + title + "\n\n");
        causes.stream().limit(MOST_CAUSES).forEach(cause -> add("- " + sentence(cause.cause()) + "\n"));
        if (causes.size() > MOST_CAUSES) {
            add("- and " + (causes.size() - MOST_CAUSES) + " more\n");
        }
    }

    private void findings(String title, List<Finding> findings) {
        String heading = "\n## " + MarkdownText.of(title) + "\n\n";
        for (Finding finding : findings) {
            String text = heading + text(finding);
            if (leftOut > 0 || size + bytes(text) > LARGEST - TAIL) {
                leftOut++;
            } else {
                add(text);
                heading = "";
            }
        }
    }

    /** A remedy is shown whole or not at all: half a statement must not be pasted. */
    private static String text(Finding finding) {
        String said = "- **" + Wording.severity(finding.severity()) + "** "
                + MarkdownText.code(finding.code().value()) + ": " + sentence(finding.message()) + "\n";
        return finding.remedy()
                .map(remedy -> said
                        + (remedy.length() > LONGEST_REMEDY
                                ? "  (The remedy is too long for here: see `report.html`.)\n"
                                : MarkdownText.fenced(remedy)))
                .orElse(said);
    }

    private static String sentence(String text) {
        return MarkdownText.of(Excerpt.of(Plain.line(text), LONGEST_SENTENCE));
    }

    private void add(String text) {
        out.append(text);
        size += bytes(text);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
