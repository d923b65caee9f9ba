package dev.allclear.aggregator.report;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report as JUnit XML, for pipelines that show tests: a suite for each check, with a case for its question and one for each of the
 * single questions in it. A failed one is a failure, an unanswered one an error, one with nothing to ask is skipped, and so is an
 * advisory one that objects, since it does not fail the run.
 */
public final class JunitReport {
    private record Case(String name, Mark mark, boolean isSkipped, String message, List<Finding> findings) {}

    private record Suite(String name, Duration took, List<Case> cases) {
        long count(Mark mark) {
            return cases.stream()
                    .filter(one -> one.mark() == mark && !one.isSkipped())
                    .count();
        }

        long skipped() {
            return cases.stream().filter(Case::isSkipped).count();
        }
    }

    private JunitReport() {}

    /** The whole document. */
    public static String of(RunReport report) {
        List<Suite> suites = new ArrayList<>();
        report.sections().forEach(section -> suites.add(suite(section, report)));
        List<Finding> objections = objectionsOfThePipeline(report);
        if (!objections.isEmpty()) {
            boolean failed = objections.get(0).severity() == Severity.ERROR;
            Case own = new Case(
                    "pipeline",
                    failed ? Mark.BAD : Mark.UNPROVEN,
                    false,
                    failed ? "action needed" : "not proven",
                    objections);
            suites.add(new Suite("pipeline", Duration.ZERO, List.of(own)));
        }
        Markup xml = Markup.xml();
        xml.open(
                "testsuites",
                "name",
                "allclear " + report.verdict().database() + " "
                        + report.verdict().run(),
                "tests",
                Long.toString(
                        suites.stream().mapToLong(suite -> suite.cases().size()).sum()),
                "failures",
                Long.toString(suites.stream()
                        .mapToLong(suite -> suite.count(Mark.BAD))
                        .sum()),
                "errors",
                Long.toString(suites.stream()
                        .mapToLong(suite -> suite.count(Mark.UNPROVEN))
                        .sum()),
                "skipped",
                Long.toString(suites.stream().mapToLong(Suite::skipped).sum()));
        suites.forEach(suite -> write(suite, report.verdict().decidedAt().toString(), xml));
        return xml.close().toString();
    }

    /** What decided and is in no check's answer, worst first; a check that gave none has a suite all the same. */
    private static List<Finding> objectionsOfThePipeline(RunReport report) {
        return report.verdict().reasons().stream()
                .filter(reason -> reason.severity() == Severity.ERROR || reason.severity() == Severity.UNPROVEN)
                .filter(reason -> reason.code().value().startsWith("pipeline.")
                        && !reason.code().value().equals("pipeline.check-missing")
                        && !reason.evidence().containsKey("check"))
                .toList();
    }

    private static Suite suite(CheckSection section, RunReport report) {
        Duration took = report.checks().stream()
                .filter(answer -> answer.check().equals(section.check()))
                .map(JunitReport::took)
                .reduce(Duration.ZERO, (one, other) -> other);
        List<Case> cases = new ArrayList<>();
        cases.add(caseOf(section, section.question(), section.mark(), section.sentence(), section.findings()));
        CheckQuestion.of(section)
                .forEach(question -> cases.add(caseOf(
                        section,
                        question.name(),
                        question.mark(),
                        question.findings().stream()
                                .findFirst()
                                .map(Finding::message)
                                .orElse("nothing to object"),
                        question.findings())));
        return new Suite("allclear." + section.check(), took, cases);
    }

    private static Duration took(CheckReport answer) {
        Duration took = Duration.between(answer.startedAt(), answer.completedAt());
        return took.isNegative() ? Duration.ZERO : took;
    }

    private static Case caseOf(CheckSection section, String name, Mark mark, String message, List<Finding> findings) {
        boolean isSkipped =
                section.outcome().filter(Outcome.NOT_APPLICABLE::equals).isPresent()
                        || (!section.required() && mark != Mark.GOOD);
        String said = Plain.line(message);
        return new Case(Plain.line(name), mark, isSkipped, section.required() ? said : "advisory: " + said, findings);
    }

    private static void write(Suite suite, String at, Markup xml) {
        String seconds = String.format(Locale.ROOT, "%.3f", suite.took().toMillis() / 1000.0);
        xml.open(
                "testsuite",
                "name",
                suite.name(),
                "timestamp",
                at,
                "time",
                seconds,
                "tests",
                Integer.toString(suite.cases().size()),
                "failures",
                Long.toString(suite.count(Mark.BAD)),
                "errors",
                Long.toString(suite.count(Mark.UNPROVEN)),
                "skipped",
                Long.toString(suite.skipped()));
        for (int i = 0; i < suite.cases().size(); i++) {
            write(suite.name(), suite.cases().get(i), i == 0 ? seconds : "0.000", xml);
        }
        xml.close();
    }

    private static void write(String suite, Case one, String seconds, Markup xml) {
        xml.open("testcase", "classname", suite, "name", one.name(), "time", seconds);
        if (one.isSkipped()) {
            xml.leaf("skipped", "", "message", one.message());
        } else if (one.mark() == Mark.BAD) {
            xml.leaf("failure", text(one.findings()), "message", one.message(), "type", typeOf(one));
        } else if (one.mark() == Mark.UNPROVEN) {
            xml.leaf("error", text(one.findings()), "message", one.message(), "type", typeOf(one));
        } else {
            xml.leaf("system-out", one.message() + "\n" + text(one.findings()));
        }
        xml.close();
    }

    private static String typeOf(Case one) {
        return one.findings().stream()
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
