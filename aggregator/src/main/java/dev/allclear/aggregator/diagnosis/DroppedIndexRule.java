package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latency check saw the index that a slow query used before and did not see it after; an invalid one beside it is status's to name. */
final class DroppedIndexRule implements CauseRule {
    @Override
    public String name() {
        return "dropped-index";
    }

    @Override
    public List<Diagnosis> causes(Findings findings) {
        Map<String, Diagnosis> causes = new LinkedHashMap<>();
        for (Finding slow : SlowQueries.withoutTheirIndex(findings)) {
            String dropped = SlowQueries.told(slow, findings) + " because this migration dropped "
                    + slow.evidence().get("index");
            Diagnosis cause = invalidBeside(slow, findings)
                    .map(index -> SlowQueries.cause(
                            dropped + ", and " + index.subject() + " on the same table is invalid",
                            slow,
                            findings,
                            index.code()))
                    .orElseGet(() -> SlowQueries.cause(dropped, slow, findings));
            causes.putIfAbsent(cause.cause(), cause);
        }
        return List.copyOf(causes.values());
    }

    private static Optional<Finding> invalidBeside(Finding slow, Findings findings) {
        return findings.having("status.invalid-index").stream()
                .filter(index -> index.subject().equals(slow.evidence().get("invalidIndex")))
                .findFirst();
    }
}
