package dev.allclear.aggregator.report;

import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report as JUnit XML, for pipelines that show tests: a failed check is a failure, an unanswered one an error, one with nothing to ask
 * is skipped, and so is an advisory one that objects, since it does not fail the run.
 */
public final class JunitReport {
    private JunitReport() {}

    /** The whole document. */
    public static String of(RunReport report) {
        List<CheckSection> sections = report.sections();
        boolean abandoned = report.verdict().reasons().stream()
                .anyMatch(reason -> reason.code().value().equals("pipeline.run-abandoned"));
        Markup xml = Markup.xml();
        xml.open("testsuites", "name", "allclear");
        xml.open(
                "testsuite",
                "name",
                "allclear " + report.verdict().database() + " "
                        + report.verdict().run(),
                "timestamp",
                report.verdict().decidedAt().toString(),
                "tests",
                Integer.toString(sections.size() + (abandoned ? 1 : 0)),
                "failures",
                Long.toString(count(sections, Mark.BAD)),
                "errors",
                Long.toString(count(sections, Mark.UNPROVEN) + (abandoned ? 1 : 0)),
                "skipped",
                Long.toString(sections.stream().filter(JunitReport::isSkipped).count()));
        sections.forEach(section -> testcase(xml, section));
        if (abandoned) {
            xml.open("testcase", "classname", "allclear", "name", "pipeline");
            xml.leaf("error", text(report.notProven()), "message", "not proven").close();
        }
        return xml.close().close().toString();
    }

    private static void testcase(Markup xml, CheckSection section) {
        xml.open("testcase", "classname", "allclear." + section.check(), "name", Plain.line(section.question()));
        String message = Plain.line(section.sentence());
        if (isSkipped(section)) {
            xml.leaf("skipped", "", "message", section.required() ? message : "advisory: " + message);
        } else if (section.mark() == Mark.BAD) {
            xml.leaf("failure", text(section.findings()), "message", message, "type", typeOf(section));
        } else if (section.mark() == Mark.UNPROVEN) {
            xml.leaf("error", text(section.findings()), "message", message, "type", typeOf(section));
        } else {
            xml.leaf("system-out", message + "\n" + text(section.findings()));
        }
        xml.close();
    }

    private static boolean isSkipped(CheckSection section) {
        return section.outcome().filter(Outcome.NOT_APPLICABLE::equals).isPresent()
                || (!section.required() && section.mark() != Mark.GOOD);
    }

    private static long count(List<CheckSection> sections, Mark mark) {
        return sections.stream()
                .filter(section -> section.mark() == mark && !isSkipped(section))
                .count();
    }

    private static String typeOf(CheckSection section) {
        return section.findings().stream()
                .findFirst()
                .map(finding -> finding.code().value())
                .orElse("pipeline.check-missing");
    }

    private static String text(List<Finding> findings) {
        return findings.stream()
                .map(finding -> Wording.severity(finding.severity()) + " " + finding.code() + ": " + finding.message()
                        + finding.remedy().map(remedy -> "\nremedy:\n" + remedy).orElse(""))
                .collect(Collectors.joining("\n\n"));
    }
}
