package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The lock check found a lock that was left on an object, and sessions or the application's log say that somebody waits for that object. */
final class LeftLockRule implements CauseRule {
    private static final Set<String> LOCKED =
            Set.of("locks.held-after-completion", "locks.idle-in-transaction", "locks.prepared-transaction");
    private static final Set<String> SHUT_OUT = Set.of("logs.timeout", "logs.deadlock", "locks.sessions-blocked");

    @Override
    public String name() {
        return "left-lock";
    }

    @Override
    public List<Diagnosis> causes(Findings findings) {
        List<Diagnosis> causes = new ArrayList<>();
        for (Finding lock : findings.having(LOCKED)) {
            for (Finding victim : findings.having(SHUT_OUT)) {
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
}
