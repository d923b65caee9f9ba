package dev.allclear.codec;

import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.Alert;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Instant;
import java.util.Map;

/** What the aggregator says: {@code verdict.reached}, {@code alert.firing}, {@code alert.resolved}. */
final class VerdictJson {
    private VerdictJson() {}

    static Map<String, Object> write(VerdictReached event) {
        Verdict verdict = event.verdict();
        return new Written()
                .text("runId", verdict.run())
                .text("database", verdict.database())
                .text("decision", verdict.decision())
                .put("final", verdict.isFinal())
                .put("revision", verdict.revision())
                .text("decidedAt", verdict.decidedAt())
                .put("reasons", FindingJson.write(verdict.reasons()))
                .put("checks", verdict.checks().stream().map(VerdictJson::write).toList())
                .put("missing", verdict.missing().stream().map(CheckName::value).toList())
                .put(
                        "diagnosis",
                        verdict.diagnosis().stream().map(VerdictJson::write).toList())
                .text("recommendation", verdict.recommendation())
                .map();
    }

    static VerdictReached verdict(Fields in) {
        return new VerdictReached(new Verdict(
                in.name("runId", RunId::new),
                in.name("database", DatabaseName::new),
                in.choice("decision", Decision.class),
                in.flag("final").orElse(false),
                in.integer("revision").orElse(0),
                in.instant("decidedAt"),
                FindingJson.findings(in, "reasons"),
                in.objects("checks").stream().map(VerdictJson::check).toList(),
                in.texts("missing").stream().map(CheckName::new).toList(),
                in.objects("diagnosis").stream().map(VerdictJson::diagnosis).toList(),
                in.choice("recommendation", Recommendation.class)));
    }

    private static Map<String, Object> write(CheckVerdict check) {
        return new Written()
                .text("check", check.check())
                .put("required", check.required())
                .text("outcome", check.outcome())
                .put("summary", check.summary())
                .put("findings", FindingJson.write(check.findings()))
                .put("cost", FindingJson.write(check.cost()))
                .map();
    }

    private static CheckVerdict check(Fields in) {
        return new CheckVerdict(
                in.name("check", CheckName::new),
                in.flag("required").orElse(false),
                in.choice("outcome", Outcome.class),
                in.text("summary"),
                FindingJson.findings(in, "findings"),
                FindingJson.cost(in));
    }

    private static Map<String, Object> write(Diagnosis diagnosis) {
        return new Written()
                .put("cause", diagnosis.cause())
                .put(
                        "findings",
                        diagnosis.findings().stream().map(FindingCode::value).toList())
                .map();
    }

    private static Diagnosis diagnosis(Fields in) {
        return new Diagnosis(
                in.text("cause"),
                in.texts("findings").stream().map(FindingCode::new).toList());
    }

    static Map<String, Object> write(Alert alert, Instant at) {
        return new Written()
                .put("alertId", alert.alertId())
                .text("runId", alert.run())
                .text("database", alert.database())
                .put("change", alert.change())
                .text("severity", alert.severity())
                .put("title", alert.title())
                .put("summary", alert.summary())
                .put("findings", FindingJson.write(alert.findings()))
                .put("links", alert.links())
                .text("at", at)
                .map();
    }

    static AlertFiring firing(Fields in) {
        return new AlertFiring(alert(in), in.instant("at"));
    }

    static AlertResolved resolved(Fields in) {
        return new AlertResolved(alert(in), in.instant("at"));
    }

    private static Alert alert(Fields in) {
        return new Alert(
                in.text("alertId"),
                in.name("runId", RunId::new),
                in.name("database", DatabaseName::new),
                in.text("change"),
                in.choice("severity", AlertSeverity.class),
                in.text("title"),
                in.text("summary"),
                FindingJson.findings(in, "findings"),
                in.textMap("links"));
    }
}
