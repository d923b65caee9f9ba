package dev.allclear.row;

import dev.allclear.model.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is reported about one expectation.
 *
 * @param table which table or tables, for people
 * @param says the expectation in its author's words
 * @param finding empty when it holds
 * @param sentence for the summary, without a full stop
 */
record Answer(
        String table,
        String says,
        Optional<Judgement> judgement,
        List<String> keys,
        Optional<Finding> finding,
        String sentence,
        Effort effort) {
    Answer {
        keys = List.copyOf(keys);
    }

    static Answer of(Bound about, Judgement judgement, List<String> keys, Optional<Finding> finding, Effort effort) {
        return new Answer(
                about.relation().toString(),
                about.expectation().says(),
                Optional.of(judgement),
                keys,
                finding,
                judgement.sentence(),
                effort);
    }

    static Answer without(Bound about, Finding finding, Effort effort) {
        return new Answer(
                about.relation().toString(),
                about.expectation().says(),
                Optional.empty(),
                List.of(),
                Optional.of(finding),
                finding.message(),
                effort);
    }

    Answer with(Finding other) {
        return new Answer(table, says, judgement, keys, Optional.of(other), sentence, effort);
    }

    /** One entry of {@code measurements.tables}, the ledger; a number that is not known is absent. */
    Map<String, Object> measurement() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("table", table);
        out.put("expectation", says);
        out.put("expected", judgement.map(Judgement::expected).orElse(says));
        judgement.ifPresent(known -> {
            Numbers.count(known.expected()).ifPresent(rows -> out.put("expectedRows", rows));
            out.put("actual", known.actual());
            out.put("missed", known.missed());
            known.isMet().ifPresent(met -> out.put("met", met));
        });
        out.put("keys", keys);
        out.putAll(effort.content());
        return out;
    }
}
