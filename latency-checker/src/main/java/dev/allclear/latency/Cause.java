package dev.allclear.latency;

import dev.allclear.model.Finding;
import java.util.Map;

/**
 * Why a query became worse, as far as the catalog says.
 *
 * @param sentence a whole sentence that names the object
 * @param remedy SQL to paste
 * @param evidence {@code index} (with {@code indexState} when it was dropped, and the {@code invalidIndex} beside it) or {@code table}
 */
record Cause(String sentence, String remedy, Map<String, Object> evidence) {
    Cause {
        evidence = Map.copyOf(evidence);
    }

    /** Whether the finding was judged with this cause in mind. */
    boolean isEvidenceOf(Finding finding) {
        return finding.evidence().entrySet().containsAll(evidence.entrySet());
    }
}
