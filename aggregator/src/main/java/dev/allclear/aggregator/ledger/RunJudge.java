package dev.allclear.aggregator.ledger;

import dev.allclear.aggregator.diagnosis.JointDiagnosis;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Decision;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a run by what its ledger holds. FAIL when a required check failed; else PASS only when the migration is known to be over and
 * every required check passed or had nothing to ask; INCONCLUSIVE in every other case.
 */
final class RunJudge {
    private static final int MOST_REASONS_PER_CHECK = 5;

    private RunJudge() {}

    static Judgement judge(RunLedger ledger, Policy policy) {
        Set<CheckName> required = policy.requiredWith(ledger.facts().addedChecks());
        List<CheckName> missing = required.stream()
                .filter(check -> !ledger.answers().containsKey(check))
                .toList();
        List<Waiving> weighed = ledger.answers().values().stream()
                .map(answer -> Waiving.of(
                        answer.verdict(required.contains(answer.check())),
                        answer.mayBeCut(),
                        policy.waivers(),
                        overAt(ledger)))
                .toList();
        List<CheckVerdict> checks = weighed.stream().map(Waiving::check).toList();
        boolean isOver = ledger.facts().completedSeen().isPresent()
                && !ledger.facts().isRepeated()
                && ledger.facts().notStarted().isEmpty();
        Decision decision =
                ledger.facts().failed().orElse(false) ? Decision.FAIL : decide(checks, isOver && missing.isEmpty());
        List<Diagnosis> diagnosis = JointDiagnosis.of(checks);
        return new Judgement(
                decision,
                isFinal(ledger, policy),
                reasons(ledger, policy, weighed, missing),
                checks,
                missing,
                diagnosis,
                Advice.of(decision, checks, ledger.facts().reversible()));
    }

    /** Whether nothing more is waited for, which takes no judging. */
    static boolean isFinal(RunLedger ledger, Policy policy) {
        return ledger.facts().completedSeen().isPresent()
                ? ledger.deadlinePassed()
                        || ledger.answers()
                                .keySet()
                                .containsAll(policy.requiredWith(ledger.facts().addedChecks()))
                : ledger.abandoned();
    }

    /** By when a waiver must not have expired: the same whatever arrives in which order, and however late. */
    private static Instant overAt(RunLedger ledger) {
        return ledger.facts().completedSeen().or(ledger.facts()::startedSeen).orElse(ledger.changedAt());
    }

    private static Decision decide(List<CheckVerdict> checks, boolean isComplete) {
        boolean failed = false;
        boolean proven = isComplete;
        for (CheckVerdict check : checks) {
            if (check.required()) {
                failed |= check.outcome() == Outcome.FAILED;
                proven &= satisfies(check.outcome());
            }
        }
        return failed ? Decision.FAIL : proven ? Decision.PASS : Decision.INCONCLUSIVE;
    }

    private static boolean satisfies(Outcome outcome) {
        return switch (outcome) {
            case PASSED, NOT_APPLICABLE -> true;
            case INCONCLUSIVE, FAILED -> false;
        };
    }

    private static List<Finding> reasons(
            RunLedger ledger, Policy policy, List<Waiving> weighed, List<CheckName> missing) {
        RunFacts facts = ledger.facts();
        Duration asked = policy.askedDeadline(facts.deadline());
        Duration effective = policy.effectiveDeadline(facts.deadline(), facts.logWatch());
        List<Finding> reasons = new ArrayList<>();
        for (Waiving one : weighed) {
            if (one.check().required()) {
                reasons.addAll(objections(one.check()));
                one.remarks().stream().limit(MOST_REASONS_PER_CHECK).forEach(reasons::add);
            }
        }
        if (facts.failed().orElse(false) && reasons.stream().noneMatch(reason -> reason.severity() == Severity.ERROR)) {
            reasons.add(PipelineFindings.commandFailed(ledger.run()));
        }
        if (facts.completedSeen().isPresent() && ledger.deadlinePassed()) {
            missing.forEach(check -> reasons.add(PipelineFindings.checkMissing(check, effective)));
        }
        if (facts.completedSeen().isEmpty() && ledger.abandoned()) {
            reasons.add(PipelineFindings.runAbandoned(ledger.run(), policy.abandonAfter()));
        }
        if (facts.notStarted().isPresent()
                && reasons.stream().noneMatch(reason -> reason.code().equals(PipelineFindings.NOT_STARTED))) {
            reasons.add(PipelineFindings.notStarted(ledger.run()));
        }
        facts.completedAt().ifPresent(over -> facts.repeatedAt()
                .ifPresent(again -> reasons.add(PipelineFindings.runRepeated(
                        ledger.run(),
                        over,
                        again,
                        facts.startedAgain().filter(again::equals).isEmpty()))));
        if (!ledger.overlapping().isEmpty()) {
            reasons.add(PipelineFindings.overlapping(ledger.run(), ledger.overlapping()));
        }
        if (effective.compareTo(asked) > 0) {
            reasons.add(PipelineFindings.deadlineRaised(asked, policy.logWatch(facts.logWatch()), effective));
        }
        reasons.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(reasons);
    }

    /** The findings by which a required check decided, or its first one when a foreign check objects without an ERROR or UNPROVEN. */
    private static List<Finding> objections(CheckVerdict check) {
        if (satisfies(check.outcome())) {
            return List.of();
        }
        List<Finding> deciding = check.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR || finding.severity() == Severity.UNPROVEN)
                .limit(MOST_REASONS_PER_CHECK)
                .toList();
        return (deciding.isEmpty() ? check.findings().subList(0, 1) : deciding)
                .stream().map(finding -> bare(check.check(), finding)).toList();
    }

    private static Finding bare(CheckName check, Finding finding) {
        return new Finding(
                finding.code(),
                finding.severity(),
                finding.subject(),
                finding.message(),
                finding.remedy(),
                Map.of("check", check.value()));
    }
}
