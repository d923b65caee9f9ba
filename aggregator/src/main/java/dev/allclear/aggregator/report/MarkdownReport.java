package dev.allclear.aggregator.report;

import dev.allclear.model.Finding;
import java.util.List;

/** A report as GitHub-flavoured Markdown, for merge requests and chat. Words of strangers are text, never markup, links or mentions. */
public final class MarkdownReport {
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport() {}

    /** The whole report, ending with a line end. */
    public static String of(RunReport report) {
        MarkdownReport writer = new MarkdownReport();
        writer.write(report);
        return writer.out.toString();
    }

    private void write(RunReport report) {
        line("# " + Mark.of(report.verdict().decision()).sign + " " + report.headline());
        line("");
        line("Run " + code(report.verdict().run().value()) + " on "
                + code(report.verdict().database().value())
                + (report.migration().isEmpty() ? "" : " (" + escape(report.migration()) + ")") + ", decided "
                + report.verdict().decidedAt() + ", revision "
                + report.verdict().revision() + ".");
        line("");
        line("| | question | answer |");
        line("|---|---|---|");
        for (CheckSection section : report.sections()) {
            line("| " + section.mark().sign + " " + section.mark().word + " | " + escape(section.question()) + " | "
                    + escape(section.sentence()) + (section.required() ? "" : " (advisory)") + " |");
        }
        line("");
        line("**" + report.headline() + ".** " + Wording.advice(report.verdict().recommendation()));
        if (!report.verdict().diagnosis().isEmpty()) {
            heading("Cause");
            report.verdict().diagnosis().forEach(cause -> line("- " + escape(cause.cause())));
        }
        for (CheckSection section : report.sections()) {
            findings(section.check() + ": " + section.mark().word, section.findings());
        }
        findings("What was not proven", report.notProven());
        findings("Remarks", report.remarks());
        heading("What Allclear itself cost the database");
        line("At most " + Wording.cost(report.cost()) + ".");
    }

    private void findings(String title, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        heading(title);
        for (Finding finding : findings) {
            line("- **" + Wording.severity(finding.severity()) + "** "
                    + code(finding.code().value()) + ": " + escape(finding.message()));
            finding.remedy().ifPresent(remedy -> fenced(Plain.block(remedy)));
        }
    }

    private void fenced(String block) {
        String fence = "```";
        while (block.contains(fence)) {
            fence += "`";
        }
        line("");
        line("  " + fence + "sql");
        block.lines().forEach(text -> line("  " + text));
        line("  " + fence);
    }

    private void heading(String title) {
        line("");
        line("## " + escape(title));
        line("");
    }

    private static String code(String text) {
        return "`" + Plain.line(text).replace('`', '\'') + "`";
    }

    /** Every character that could begin markup is escaped; a mention is broken by an invisible joint. */
    private static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        Plain.line(text).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '@' -> safe.append("@\u2060");
                case ':' ->
                    safe.append(
                            safe.toString().endsWith("http") || safe.toString().endsWith("https") ? "&#58;" : ":");
                case '\\', '`', '*', '_', '{', '}', '[', ']', '#', '+', '!', '|', '~' ->
                    safe.append('\\').appendCodePoint(c);
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
