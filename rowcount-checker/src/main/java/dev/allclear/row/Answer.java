package dev.allclear.row;

import dev.allclear.model.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is reported about one expectation.
 *
 * @param finding empty when it holds
 * @param sentence for the summary, without a full stop
 */
record Answer(
        Bound about, Optional<Judgement> judgement, List<String> keys, Optional<Finding> finding, String sentence) {
    Answer {
        keys = List.copyOf(keys);
    }

    static Answer of(Bound about, Judgement judgement, List<String> keys, Optional<Finding> finding) {
        return new Answer(about, Optional.of(judgement), keys, finding, judgement.sentence());
    }

    static Answer without(Bound about, Finding finding) {
        return new Answer(about, Optional.empty(), List.of(), Optional.of(finding), finding.message());
    }

    /** One entry of {@code measurements.tables}; a number that is not known is absent. */
    Map<String, Object> measurement() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("table", about.relation().toString());
        out.put("expectation", about.expectation().says());
        out.put("expected", judgement.map(Judgement::expected).orElseGet(() -> about.expectation()
                .says()));
        judgement.ifPresent(known -> {
            out.put("actual", known.actual());
            out.put("missed", known.missed());
        });
        out.put("keys", keys);
        return out;
    }
}
