package dev.allclear.latency;

import java.util.Map;

/**
 * Why a query became worse, as far as the catalog says.
 *
 * @param sentence a whole sentence that names the object
 * @param remedy SQL to paste
 * @param evidence {@code index} or {@code table}
 */
record Cause(String sentence, String remedy, Map<String, Object> evidence) {
    Cause {
        evidence = Map.copyOf(evidence);
    }
}
