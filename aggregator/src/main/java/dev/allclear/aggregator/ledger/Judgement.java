package dev.allclear.aggregator.ledger;

import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Decision;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.Recommendation;
import dev.allclear.model.Verdict;
import java.time.Instant;
import java.util.List;

/** What follows from a ledger as it stands: a verdict without its number and time, to be compared with what was said before. */
record Judgement(
        Decision decision,
        boolean isFinal,
        List<Finding> reasons,
        List<CheckVerdict> checks,
        List<CheckName> missing,
        List<Diagnosis> diagnosis,
        Recommendation recommendation) {

    /** Before the end only a certain FAIL is worth saying: nothing that still may come can undo it. */
    boolean isToBeSaid() {
        return isFinal || decision == Decision.FAIL;
    }

    Verdict verdict(RunLedger ledger, int revision, Instant now) {
        return new Verdict(
                ledger.run(),
                ledger.database(),
                decision,
                isFinal,
                revision,
                now,
                reasons,
                checks,
                missing,
                diagnosis,
                recommendation);
    }
}
