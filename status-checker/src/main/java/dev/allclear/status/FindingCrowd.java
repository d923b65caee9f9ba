package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A migration may touch a thousand tables in the same way: who reads of the first fifty knows the rest by their number. */
final class FindingCrowd {
    static final int MOST_ALIKE = 50;

    private FindingCrowd() {}

    private record Likeness(FindingCode code, Severity severity) {}

    /** The same findings; of more than fifty with the same code and severity the rest are one, of that code and severity. */
    static List<Finding> bounded(List<Finding> findings) {
        Map<Likeness, Integer> seen = new LinkedHashMap<>();
        List<Finding> kept = new ArrayList<>();
        for (Finding finding : findings) {
            if (seen.merge(new Likeness(finding.code(), finding.severity()), 1, Integer::sum) <= MOST_ALIKE) {
                kept.add(finding);
            }
        }
        seen.forEach((alike, number) -> {
            if (number > MOST_ALIKE) {
                kept.add(Finding.of(
                        alike.code(),
                        alike.severity(),
                        "",
                        "and " + (number - MOST_ALIKE) + " more findings like the " + MOST_ALIKE + " above"));
            }
        });
        return List.copyOf(kept);
    }
}
