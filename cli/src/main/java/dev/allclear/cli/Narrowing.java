package dev.allclear.cli;

import dev.allclear.model.CheckName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code run --checks} left out, said in the report: a narrow PASS must not look like a whole one. */
final class Narrowing {
    private static final FindingCode CHECKS_NARROWED = new FindingCode("pipeline.checks-narrowed");

    private Narrowing() {}

    /** The verdict, with the remark that only these checks were asked. */
    static Verdict told(Verdict verdict, Set<CheckName> asked) {
        Set<CheckName> left = new TreeSet<>(CheckName.builtIn());
        left.removeAll(asked);
        if (left.isEmpty()) {
            return verdict;
        }
        List<Finding> reasons = new ArrayList<>(verdict.reasons());
        reasons.add(Finding.of(
                CHECKS_NARROWED,
                Severity.INFO,
                verdict.database().value(),
                "this run was narrowed by --checks to " + RunFlow.names(asked) + "; not asked: "
                        + RunFlow.names(left)));
        return new Verdict(
                verdict.run(),
                verdict.database(),
                verdict.decision(),
                verdict.isFinal(),
                verdict.revision(),
                verdict.decidedAt(),
                reasons,
                verdict.checks(),
                verdict.missing(),
                verdict.diagnosis(),
                verdict.recommendation());
    }
}
