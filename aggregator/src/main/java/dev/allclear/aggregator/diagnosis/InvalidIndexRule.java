package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Status found an index that queries do not use, and a slow query's finding names it, or the table it stands on. */
final class InvalidIndexRule implements CauseRule {
    @Override
    public String name() {
        return "invalid-index";
    }

    @Override
    public List<Diagnosis> causes(Findings findings) {
        List<Finding> slow = new ArrayList<>(SlowQueries.all(findings));
        slow.removeAll(SlowQueries.withoutTheirIndex(findings));
        List<Diagnosis> causes = new ArrayList<>();
        for (Finding index : findings.having("status.invalid-index")) {
            slow.stream()
                    .flatMap(query -> blame(query, index)
                            .map(why -> SlowQueries.cause(
                                    SlowQueries.told(query, findings) + why + " is invalid and cannot be used",
                                    query,
                                    findings,
                                    index.code()))
                            .stream())
                    .findFirst()
                    .ifPresent(causes::add);
        }
        return causes;
    }

    private static Optional<String> blame(Finding query, Finding index) {
        if (Names.mentions(query, index.subject())) {
            return Optional.of(" because the index " + index.subject());
        }
        return Names.mentionsTableOf(query, index)
                ? Optional.of(", and the index " + index.subject() + " on the table it reads")
                : Optional.empty();
    }
}
