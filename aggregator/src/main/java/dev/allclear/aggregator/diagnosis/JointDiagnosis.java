package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Diagnosis;
import java.util.List;

/** Joins the findings of several checks into causes, by rules that each have a page; nothing is guessed. */
public final class JointDiagnosis {
    static final List<CauseRule> RULES = List.of(
            new DroppedIndexRule(),
            new InvalidIndexRule(),
            new StillInUseRule(),
            new LeftLockRule(),
            new UnfinishedBackfillRule());

    private JointDiagnosis() {}

    /** All causes that these answers support, each with the codes it rests on. */
    public static List<Diagnosis> of(List<CheckVerdict> checks) {
        Findings findings = Findings.of(checks);
        return RULES.stream()
                .flatMap(rule -> rule.causes(findings).stream())
                .distinct()
                .toList();
    }
}
