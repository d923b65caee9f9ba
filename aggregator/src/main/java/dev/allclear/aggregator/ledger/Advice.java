package dev.allclear.aggregator.ledger;

import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.Recommendation;
import dev.allclear.model.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What to do next. Rolling back is advised only for a migration that its publisher calls reversible. */
final class Advice {
    private static final String MISSING_STATISTICS = "latency.missing-statistics";

    /** Errors that missing statistics explain: with them in place the planner chooses again. */
    private static final Set<String> EXPLAINED_BY_STATISTICS = Set.of(
            MISSING_STATISTICS,
            "latency.plan-regressed",
            "latency.more-buffers",
            "latency.slower",
            "latency.slower-in-production");

    private Advice() {}

    static Recommendation of(Decision decision, List<CheckVerdict> checks, Optional<Boolean> reversible) {
        return switch (decision) {
            case PASS -> Recommendation.KEEP;
            case INCONCLUSIVE -> Recommendation.INVESTIGATE;
            case FAIL -> onFailure(checks, reversible);
        };
    }

    private static Recommendation onFailure(List<CheckVerdict> checks, Optional<Boolean> reversible) {
        if (onlyStatisticsAreMissing(checks)) {
            return Recommendation.ANALYZE;
        }
        return reversible
                .map(canGoBack -> canGoBack ? Recommendation.ROLL_BACK : Recommendation.ROLL_FORWARD)
                .orElse(Recommendation.INVESTIGATE);
    }

    private static boolean onlyStatisticsAreMissing(List<CheckVerdict> checks) {
        List<Finding> findings = checks.stream()
                .filter(CheckVerdict::required)
                .flatMap(check -> check.findings().stream())
                .toList();
        return findings.stream().anyMatch(finding -> finding.code().value().equals(MISSING_STATISTICS))
                && findings.stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .allMatch(finding ->
                                EXPLAINED_BY_STATISTICS.contains(finding.code().value()));
    }
}
