package dev.allclear.codec;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code migration.started} and {@code migration.completed}: the description's fields stand beside the event's own. */
final class MigrationJson {
    private MigrationJson() {}

    static Map<String, Object> write(MigrationStarted event) {
        Written out = new Written()
                .text("runId", event.run())
                .text("database", event.database())
                .text("startedAt", event.startedAt());
        describe(out, event.description());
        return out.map();
    }

    static Map<String, Object> write(MigrationCompleted event) {
        Written out = new Written()
                .text("runId", event.run())
                .text("database", event.database())
                .text("completedAt", event.completedAt())
                .optional("exitCode", event.exitCode())
                .optionalText("outcome", event.outcome())
                .optional("output", event.output())
                .optional("awaitedBaselines", event.awaitedBaselines().map(checks -> checks.stream()
                        .map(CheckName::value)
                        .sorted()
                        .toList()));
        describe(out, event.description());
        return out.map();
    }

    static MigrationStarted started(Fields in) {
        return new MigrationStarted(
                in.name("runId", RunId::new),
                in.name("database", DatabaseName::new),
                in.instant("startedAt"),
                description(in));
    }

    static MigrationCompleted completed(Fields in) {
        return new MigrationCompleted(
                in.name("runId", RunId::new),
                in.name("database", DatabaseName::new),
                in.instant("completedAt"),
                in.integer("exitCode"),
                in.optionalChoice("outcome", MigrationOutcome.class),
                in.optionalText("output"),
                description(in),
                in.has("awaitedBaselines")
                        ? Optional.of(in.texts("awaitedBaselines").stream()
                                .map(CheckName::new)
                                .collect(Collectors.toSet()))
                        : Optional.empty());
    }

    private static void describe(Written out, MigrationDescription description) {
        out.optional("tool", description.tool())
                .unlessEmpty("targetVersions", description.targetVersions())
                .unlessEmpty("tables", description.tables())
                .optional("dataChanging", description.dataChanging())
                .optional("reversible", description.reversible())
                .optional("application", description.application())
                .unlessEmpty("expectations", description.expectations())
                .unlessEmpty(
                        "checks",
                        description.checks().stream().map(CheckName::value).toList())
                .unlessEmpty(
                        "sessions",
                        new Written()
                                .optional("user", description.sessions().user())
                                .unlessEmpty(
                                        "applicationNames",
                                        description.sessions().applicationNames())
                                .unlessEmpty("pids", description.sessions().pids())
                                .map())
                .optionalText("logWatch", description.logWatch())
                .optionalText("deadline", description.deadline())
                .optional("change", description.change())
                .unlessEmpty("links", description.links());
    }

    private static MigrationDescription description(Fields in) {
        return new MigrationDescription(
                in.optionalText("tool"),
                in.texts("targetVersions"),
                in.texts("tables"),
                in.flag("dataChanging"),
                in.flag("reversible"),
                in.optionalText("application"),
                in.maps("expectations"),
                in.texts("checks").stream().map(CheckName::new).toList(),
                in.object("sessions").map(MigrationJson::sessions).orElse(SessionHints.NONE),
                in.duration("logWatch"),
                in.duration("deadline"),
                in.optionalText("change"),
                in.textMap("links"));
    }

    private static SessionHints sessions(Fields in) {
        return new SessionHints(in.optionalText("user"), in.texts("applicationNames"), in.integers("pids"));
    }
}
