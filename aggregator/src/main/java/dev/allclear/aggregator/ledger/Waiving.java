package dev.allclear.aggregator.ledger;

import dev.allclear.aggregator.policy.Waiver;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One check's answer with the findings taken out of the count that somebody has accepted. They stay in it as INFO, with who, why and
 * until when; what a waiver does not name counts as ever, and so does what one named that has expired.
 *
 * @param check the answer as it counts
 * @param remarks which findings were waived, and which waivers have expired
 */
record Waiving(CheckVerdict check, List<Finding> remarks) {
    static final String EVIDENCE = "waived";

    Waiving {
        remarks = List.copyOf(remarks);
    }

    /**
     * Applies the waivers of the run's database.
     *
     * @param over when the migration was over; a waiver that ended before has expired
     * @param mayBeCut the severity down to which findings may have been left out of the answer for its size
     */
    static Waiving of(CheckVerdict check, Optional<Severity> mayBeCut, List<Waiver> waivers, Instant over) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> remarks = new ArrayList<>();
        List<Finding> counting = new ArrayList<>();
        for (Finding finding : check.findings()) {
            Optional<Waiver> named = decides(finding)
                    ? waivers.stream().filter(waiver -> waiver.names(finding)).max(Comparator.comparing(Waiver::until))
                    : Optional.empty();
            if (named.filter(waiver -> waiver.holdsAt(over)).isPresent()) {
                findings.add(waived(finding, named.get()));
                remarks.add(PipelineFindings.findingWaived(check.check(), finding, named.get()));
            } else {
                named.ifPresent(
                        expired -> remarks.add(PipelineFindings.waiverExpired(check.check(), finding, expired)));
                findings.add(finding);
                counting.add(finding);
            }
        }
        int waived = findings.size() - counting.size();
        return new Waiving(
                new CheckVerdict(
                        check.check(),
                        check.required(),
                        outcome(check, counting, mayBeCut),
                        check.summary()
                                + (waived == 0
                                        ? ""
                                        : " (" + waived + (waived == 1 ? " finding" : " findings") + " waived)"),
                        findings,
                        check.cost()),
                remarks);
    }

    /** An outcome is lightened only when findings explain it, all of them are at hand, and those that made it were waived. */
    private static Outcome outcome(CheckVerdict check, List<Finding> counting, Optional<Severity> mayBeCut) {
        boolean untouched = counting.size() == check.findings().size();
        if (untouched || Outcome.of(check.findings()) != check.outcome()) {
            return check.outcome();
        }
        Outcome left = Outcome.of(counting);
        Outcome unseen = mayBeCut.map(Waiving::outcomeOf).orElse(Outcome.PASSED);
        return left.compareTo(unseen) > 0 ? left : unseen;
    }

    private static Outcome outcomeOf(Severity severity) {
        return switch (severity) {
            case ERROR -> Outcome.FAILED;
            case UNPROVEN -> Outcome.INCONCLUSIVE;
            case WARNING, INFO -> Outcome.PASSED;
        };
    }

    private static boolean decides(Finding finding) {
        return switch (finding.severity()) {
            case ERROR, UNPROVEN -> true;
            case WARNING, INFO -> false;
        };
    }

    private static Finding waived(Finding finding, Waiver waiver) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("severity", finding.severity().name());
        words.put("by", waiver.by());
        words.put("reason", waiver.reason());
        words.put("until", waiver.until().toString());
        return new Finding(
                        finding.code(),
                        Severity.INFO,
                        finding.subject(),
                        finding.message() + " (waived by " + waiver.by() + " until " + waiver.until() + ": "
                                + waiver.reason() + ")",
                        finding.remedy(),
                        finding.evidence())
                .withEvidence(EVIDENCE, words);
    }
}
