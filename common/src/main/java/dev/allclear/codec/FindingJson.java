package dev.allclear.codec;

import dev.allclear.model.Cost;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Findings, costs and outcomes, which results, verdicts and alerts share. */
final class FindingJson {
    private static final long MOST = 1_000_000_000_000_000L;

    private FindingJson() {}

    static List<Map<String, Object>> write(List<Finding> findings) {
        return findings.stream().map(FindingJson::write).toList();
    }

    private static Map<String, Object> write(Finding finding) {
        return new Written()
                .text("code", finding.code())
                .text("severity", finding.severity())
                .put("subject", finding.subject())
                .put("message", finding.message())
                .optional("remedy", finding.remedy())
                .unlessEmpty("evidence", finding.evidence())
                .map();
    }

    static List<Finding> findings(Fields in, String key) {
        return in.objects(key).stream().map(FindingJson::finding).toList();
    }

    private static Finding finding(Fields in) {
        return new Finding(
                in.name("code", FindingCode::new),
                in.choice("severity", Severity.class),
                in.optionalText("subject").orElse(""),
                in.text("message"),
                in.optionalText("remedy"),
                in.map("evidence"));
    }

    /** What a stranger claims, or what the findings say where that is worse: a PASSED beside an ERROR is FAILED. */
    static Outcome worse(Outcome claimed, List<Finding> findings) {
        Outcome derived = Outcome.of(findings);
        return derived == Outcome.PASSED || claimed.compareTo(derived) > 0 ? claimed : derived;
    }

    static Map<String, Object> write(Cost cost) {
        return new Written()
                .put("databaseMillis", cost.databaseTime().toMillis())
                .put("queries", cost.queries())
                .optional("blocks", cost.blocks())
                .map();
    }

    static Cost cost(Fields in) {
        return in.object("cost")
                .map(cost -> new Cost(
                        Duration.ofMillis(cost.whole("databaseMillis", 0, MOST).orElse(0L)),
                        cost.whole("queries", 0, MOST).orElse(0L),
                        cost.whole("blocks", 0, MOST)))
                .orElse(Cost.NONE);
    }
}
