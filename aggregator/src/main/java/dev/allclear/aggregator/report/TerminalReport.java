package dev.allclear.aggregator.report;

import dev.allclear.model.Cost;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.util.List;

/** A report for the terminal: the answers first, then what supports them. With or without colour; never a control character of a stranger. */
public final class TerminalReport {
    private static final int INDENT = 6;

    private final boolean colour;
    private final StringBuilder out = new StringBuilder();

    private TerminalReport(boolean colour) {
        this.colour = colour;
    }

    /** The whole report, ending with a line end. */
    public static String of(RunReport report, boolean colour) {
        TerminalReport writer = new TerminalReport(colour);
        writer.head(report);
        writer.joined(Wording.causes(report.causes().size()), report.causes());
        writer.answers(report);
        writer.joined(Wording.worthALook(), report.worthALook());
        report.remarks().forEach(writer::finding);
        report.sections().forEach(writer::section);
        writer.unproven(report);
        writer.cost(report);
        return writer.out.toString();
    }

    private void head(RunReport report) {
        Mark mark = Mark.of(report.verdict().decision());
        line("");
        line("  " + paint(mark, bold(mark.sign + " " + report.headline())) + "  run "
                + report.verdict().run() + " on "
                + report.verdict().database()
                + (report.migration().isEmpty() ? "" : " (" + Plain.line(report.migration()) + ")"));
        line("");
    }

    private void answers(RunReport report) {
        for (CheckSection section : report.sections()) {
            line("  " + paint(section.mark(), section.mark().sign) + " " + pad(section.question(), 40) + " "
                    + Plain.line(section.sentence()) + (section.required() ? "" : " (advisory)"));
        }
        line("");
        Mark mark = Mark.of(report.verdict().decision());
        line("  " + paint(mark, bold(report.headline() + ".")) + " "
                + Wording.advice(report.verdict().recommendation()));
        line("");
    }

    private void joined(String title, List<Diagnosis> joined) {
        if (!joined.isEmpty()) {
            line("  " + bold(title));
            joined.forEach(cause -> line("    • " + Plain.line(cause.cause())));
            line("");
        }
    }

    private void section(CheckSection section) {
        List<Finding> shown = section.findings().stream()
                .filter(finding -> finding.severity() != Severity.UNPROVEN)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        line("  " + bold(section.check().value()) + "  " + paint(section.mark(), section.mark().word));
        shown.forEach(this::finding);
    }

    private void unproven(RunReport report) {
        List<Finding> open = report.notProven();
        if (!open.isEmpty()) {
            line("  " + bold("What was not proven"));
            open.forEach(this::finding);
        }
    }

    private void finding(Finding finding) {
        Mark mark = Mark.of(finding.severity());
        line("    " + paint(mark, mark.sign) + " " + Plain.line(finding.message()));
        line(" ".repeat(INDENT) + faint(finding.code().value()));
        finding.remedy().ifPresent(remedy -> {
            line(" ".repeat(INDENT) + "remedy:");
            Plain.block(remedy).lines().forEach(text -> line(" ".repeat(INDENT + 2) + text));
        });
        line("");
    }

    private void cost(RunReport report) {
        Cost cost = report.cost();
        line("  " + faint("Allclear itself cost the database at most " + Wording.cost(cost) + "."));
    }

    private static String pad(String text, int width) {
        String clean = Plain.line(text);
        return clean.length() >= width ? clean : clean + " ".repeat(width - clean.length());
    }

    private String paint(Mark mark, String text) {
        return ansi(mark.ansi, text);
    }

    private String bold(String text) {
        return ansi("1", text);
    }

    private String faint(String text) {
        return ansi("2", text);
    }

    private String ansi(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
