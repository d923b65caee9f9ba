package dev.allclear.aggregator.report;

import dev.allclear.model.CheckName;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One of the single questions that a check asked: a query, an expectation, or whatever object there is something to say about.
 *
 * @param findings the answer; none means that there is nothing to object
 */
record CheckQuestion(String name, List<Finding> findings) {
    private static final int MOST = 200;

    /** Of a check's measured queries and expectations each, then of each object that only a finding names. Notes are no question. */
    static List<CheckQuestion> of(CheckSection section) {
        Measured measured = new Measured(section.measurements());
        List<CheckQuestion> questions = new ArrayList<>();
        List<Finding> open = new ArrayList<>(section.findings());
        open.removeIf(finding -> finding.severity() == Severity.INFO);
        if (section.check().equals(CheckName.LATENCY)) {
            List<Measured> queries = measured.list("queries");
            queries.forEach(query -> questions.add(new CheckQuestion(
                    LatencyPicture.nameOf(query, queries), about(open, isAbout(query.text("name"))))));
        } else if (section.check().equals(CheckName.ROWS)) {
            measured.list("tables")
                    .forEach(table -> questions.add(new CheckQuestion(
                            table.text("table") + ": " + table.text("expectation"),
                            table.text("met").equals("true") ? List.of() : about(open, isAbout(table.text("table"))))));
        }
        questions.forEach(question -> open.removeAll(question.findings()));
        Map<String, List<Finding>> others = new LinkedHashMap<>();
        open.forEach(finding -> others.computeIfAbsent(
                        finding.code() + (finding.subject().isBlank() ? "" : ": " + finding.subject()),
                        absent -> new ArrayList<>())
                .add(finding));
        others.forEach((name, findings) -> questions.add(new CheckQuestion(name, findings)));
        return questions.stream().limit(MOST).toList();
    }

    private static Predicate<Finding> isAbout(String subject) {
        return finding -> finding.subject().equals(subject);
    }

    private static List<Finding> about(List<Finding> all, Predicate<Finding> which) {
        return all.stream().filter(which).toList();
    }

    /** By its worst finding; a warning does not fail a question. */
    Mark mark() {
        if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            return Mark.BAD;
        }
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.UNPROVEN)
                ? Mark.UNPROVEN
                : Mark.GOOD;
    }
}
