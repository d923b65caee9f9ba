package dev.allclear.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One check's whole answer for one run.
 *
 * @param summary one sentence that answers the check's question
 * @param measurements JSON-compatible data behind the answer, for pictures and for joining checks
 */
public record CheckReport(
        RunId run,
        DatabaseName database,
        CheckName check,
        String checkerVersion,
        Outcome outcome,
        String summary,
        List<Finding> findings,
        Map<String, Object> measurements,
        Instant startedAt,
        Instant completedAt,
        Cost cost) {

    public CheckReport {
        findings = List.copyOf(findings);
        measurements = Collections.unmodifiableMap(new LinkedHashMap<>(measurements));
        if (outcome != Outcome.PASSED && findings.isEmpty()) {
            throw new IllegalArgumentException(
                    "check " + check + " answered " + outcome + " without a finding that says why");
        }
        Outcome derived = Outcome.of(findings);
        if (derived.compareTo(outcome) > 0 && derived != Outcome.PASSED) {
            throw new IllegalArgumentException(
                    "check " + check + " answered " + outcome + " but its findings say " + derived);
        }
    }
}
