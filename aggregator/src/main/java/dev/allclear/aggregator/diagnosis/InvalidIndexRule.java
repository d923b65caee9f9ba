package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import java.util.ArrayList;
import java.util.List;

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
            for (Finding query : slow) {
                if (Names.mentions(query, index.subject())) {
                    causes.add(SlowQueries.cause(
                            SlowQueries.told(query, findings) + " because the index " + index.subject()
                                    + " is invalid and cannot be used",
                            query,
                            findings,
                            index.code()));
                    break;
                } else if (Names.mentionsTableOf(query, index)) {
                    causes.add(SlowQueries.cause(
                            SlowQueries.told(query, findings) + ", and the index " + index.subject()
                                    + " on the table it reads is invalid and cannot be used",
                            query,
                            findings,
                            index.code()));
                    break;
                }
            }
        }
        return causes;
    }
}
