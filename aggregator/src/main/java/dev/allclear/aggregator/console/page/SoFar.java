package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.history.RunDetail;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Decision;
import dev.allclear.model.Recommendation;
import dev.allclear.model.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The answers of a run that nobody has decided yet, as a report of which only these may be shown. */
final class SoFar {
    private SoFar() {}

    static RunReport of(RunDetail run, Set<CheckName> required) {
        TreeSet<CheckName> missing = new TreeSet<>(required);
        run.reports().forEach(report -> missing.remove(report.check()));
        List<CheckVerdict> answers = run.reports().stream()
                .map(report -> new CheckVerdict(
                        report.check(),
                        required.contains(report.check()),
                        report.outcome(),
                        report.summary(),
                        report.findings(),
                        report.cost()))
                .toList();
        Verdict none = new Verdict(
                run.summary().key().run(),
                run.summary().key().database(),
                Decision.INCONCLUSIVE,
                false,
                1,
                run.summary().lastHeard(),
                List.of(),
                answers,
                List.copyOf(missing),
                List.of(),
                Recommendation.INVESTIGATE);
        return new RunReport(none, run.reports(), run.started(), run.completed());
    }
}
