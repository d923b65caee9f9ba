package dev.allclear.codec;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What checks say: {@code baseline.captured}, {@code check.started}, {@code check.completed}. */
final class CheckJson {
    private CheckJson() {}

    static Map<String, Object> write(BaselineCaptured event) {
        return new Written()
                .text("runId", event.run())
                .text("database", event.database())
                .text("check", event.check())
                .text("status", event.status())
                .optional("reason", event.reason())
                .text("capturedAt", event.capturedAt())
                .optionalText("databaseClock", event.databaseClock())
                .unlessEmpty("content", event.content())
                .optional("started", event.started().map(MigrationJson::write))
                .map();
    }

    static BaselineCaptured baseline(Fields in) {
        return new BaselineCaptured(
                in.name("runId", RunId::new),
                in.name("database", DatabaseName::new),
                in.name("check", CheckName::new),
                in.choice("status", BaselineStatus.class),
                in.optionalText("reason"),
                in.instant("capturedAt"),
                in.optionalInstant("databaseClock"),
                in.map("content"),
                in.object("started").map(MigrationJson::started));
    }

    static Map<String, Object> write(CheckStarted event) {
        return new Written()
                .text("runId", event.run())
                .text("database", event.database())
                .text("check", event.check())
                .text("startedAt", event.startedAt())
                .text("activity", event.activity())
                .map();
    }

    static CheckStarted started(Fields in) {
        return new CheckStarted(
                in.name("runId", RunId::new),
                in.name("database", DatabaseName::new),
                in.name("check", CheckName::new),
                in.instant("startedAt"),
                in.optionalText("activity").orElse(""));
    }

    static Map<String, Object> write(CheckCompleted event) {
        CheckReport report = event.report();
        return new Written()
                .text("runId", report.run())
                .text("database", report.database())
                .text("check", report.check())
                .put("checkerVersion", report.checkerVersion())
                .text("outcome", report.outcome())
                .put("summary", report.summary())
                .put("findings", FindingJson.write(report.findings()))
                .put("measurements", report.measurements())
                .text("startedAt", report.startedAt())
                .text("completedAt", report.completedAt())
                .put("cost", FindingJson.write(report.cost()))
                .map();
    }

    /** @param otherwise the time of an answer that does not say when it was given */
    static CheckCompleted completed(Fields in, Instant otherwise) {
        Instant completedAt = in.optionalInstant("completedAt").orElse(otherwise);
        List<Finding> findings = FindingJson.findings(in, "findings");
        return new CheckCompleted(new CheckReport(
                in.name("runId", RunId::new),
                in.name("database", DatabaseName::new),
                in.name("check", CheckName::new),
                in.optionalText("checkerVersion").orElse("unknown"),
                FindingJson.worse(in.choice("outcome", Outcome.class), findings),
                in.text("summary"),
                findings,
                in.map("measurements"),
                in.optionalInstant("startedAt").orElse(completedAt),
                completedAt,
                FindingJson.cost(in)));
    }
}
