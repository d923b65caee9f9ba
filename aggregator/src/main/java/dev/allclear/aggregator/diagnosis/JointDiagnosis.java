package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Joins the findings of several checks into causes. A cause is stated only when each half of it was found by a check and both name the
 * same object; nothing is guessed.
 */
public final class JointDiagnosis {
    private static final Set<String> SLOWER =
            Set.of("latency.plan-regressed", "latency.more-buffers", "latency.slower", "latency.slower-in-production");
    private static final Set<String> NO_LONGER_THERE =
            Set.of("logs.undefined-column", "logs.undefined-table", "logs.undefined-function");
    private static final Set<String> LOCKED =
            Set.of("locks.held-after-completion", "locks.idle-in-transaction", "locks.prepared-transaction");
    private static final Set<String> SHUT_OUT = Set.of("logs.timeout", "logs.deadlock", "locks.sessions-blocked");

    private JointDiagnosis() {}

    /** All causes that these answers support, each with the codes it rests on. */
    public static List<Diagnosis> of(List<CheckVerdict> checks) {
        List<Finding> findings =
                checks.stream().flatMap(check -> check.findings().stream()).toList();
        List<Diagnosis> causes = new ArrayList<>();
        causes.addAll(slowBecauseOfADroppedIndex(findings));
        causes.addAll(slowBecauseOfAnInvalidIndex(findings));
        causes.addAll(stillReadByTheApplication(findings));
        causes.addAll(shutOutByALock(findings));
        return causes.stream().distinct().toList();
    }

    /** The latency check saw the index that it used before and did not see it after; an invalid one beside it is status's to name. */
    private static List<Diagnosis> slowBecauseOfADroppedIndex(List<Finding> findings) {
        Map<String, Diagnosis> causes = new LinkedHashMap<>();
        for (Finding slow : slowForWantOfAnIndex(findings)) {
            String dropped = slow.subject() + " is slower because this migration dropped "
                    + slow.evidence().get("index");
            Diagnosis cause = invalidBeside(slow, findings)
                    .map(index -> new Diagnosis(
                            dropped + ", and " + index.subject() + " on the same table is invalid",
                            List.of(slow.code(), index.code())))
                    .orElseGet(() -> new Diagnosis(dropped, List.of(slow.code())));
            causes.putIfAbsent(cause.cause(), cause);
        }
        return List.copyOf(causes.values());
    }

    private static List<Finding> slowForWantOfAnIndex(List<Finding> findings) {
        return having(findings, SLOWER::contains).stream()
                .filter(slow -> "dropped".equals(slow.evidence().get("indexState")))
                .toList();
    }

    private static Optional<Finding> invalidBeside(Finding slow, List<Finding> findings) {
        return having(findings, "status.invalid-index"::equals).stream()
                .filter(index -> index.subject().equals(slow.evidence().get("invalidIndex")))
                .findFirst();
    }

    private static List<Diagnosis> slowBecauseOfAnInvalidIndex(List<Finding> all) {
        List<Finding> findings = new ArrayList<>(all);
        findings.removeAll(slowForWantOfAnIndex(all));
        List<Diagnosis> causes = new ArrayList<>();
        for (Finding index : having(findings, Set.of("status.invalid-index")::contains)) {
            for (Finding slow : having(findings, SLOWER::contains)) {
                List<FindingCode> both = List.of(slow.code(), index.code());
                if (Names.mentions(slow, index.subject())) {
                    causes.add(new Diagnosis(
                            slow.subject() + " is slower because the index " + index.subject()
                                    + " is invalid and cannot be used",
                            both));
                    break;
                } else if (Names.mentionsTableOf(slow, index)) {
                    causes.add(new Diagnosis(
                            slow.subject() + " is slower, and the index " + index.subject()
                                    + " on the table it reads is invalid and cannot be used",
                            both));
                    break;
                }
            }
        }
        return causes;
    }

    private static List<Diagnosis> stillReadByTheApplication(List<Finding> findings) {
        List<Diagnosis> causes = new ArrayList<>();
        for (Finding gone : having(findings, NO_LONGER_THERE::contains)) {
            if (!gone.subject().isBlank()) {
                causes.add(new Diagnosis(
                        "the application still uses " + kindOf(gone) + gone.subject() + ", which is no longer there",
                        List.of(gone.code())));
            }
        }
        return causes;
    }

    private static String kindOf(Finding gone) {
        return gone.code().value().substring("logs.undefined-".length()) + " ";
    }

    private static List<Diagnosis> shutOutByALock(List<Finding> findings) {
        List<Diagnosis> causes = new ArrayList<>();
        for (Finding lock : having(findings, LOCKED::contains)) {
            for (Finding victim : having(findings, SHUT_OUT::contains)) {
                if (Names.mentions(victim, lock.subject())) {
                    causes.add(new Diagnosis(
                            "sessions that need " + lock.subject()
                                    + " are kept waiting by the lock that was left on it",
                            List.of(lock.code(), victim.code())));
                    break;
                }
            }
        }
        return causes;
    }

    private static List<Finding> having(List<Finding> findings, Predicate<String> code) {
        return findings.stream()
                .filter(finding -> code.test(finding.code().value()))
                .toList();
    }
}
