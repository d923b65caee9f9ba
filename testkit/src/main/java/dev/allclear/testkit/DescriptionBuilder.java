package dev.allclear.testkit;

import dev.allclear.event.MigrationDescription;
import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a publisher says about a migration, silent on everything that a test does not name. */
public final class DescriptionBuilder {
    private Optional<String> tool = Optional.empty();
    private List<String> targets = List.of();
    private List<String> tables = List.of();
    private Optional<Boolean> dataChanging = Optional.empty();
    private Optional<Boolean> reversible = Optional.empty();
    private Optional<String> application = Optional.empty();
    private List<Map<String, Object>> expectations = List.of();
    private List<CheckName> checks = List.of();
    private SessionHints sessions = SessionHints.NONE;
    private Optional<Duration> logWatch = Optional.empty();
    private Optional<Duration> deadline = Optional.empty();
    private Optional<String> change = Optional.empty();
    private Map<String, String> links = Map.of();

    public DescriptionBuilder tool(String name) {
        tool = Optional.of(name);
        return this;
    }

    public DescriptionBuilder targets(String... versions) {
        targets = List.of(versions);
        return this;
    }

    public DescriptionBuilder tables(String... names) {
        tables = List.of(names);
        return this;
    }

    public DescriptionBuilder dataChanging(boolean changesRows) {
        dataChanging = Optional.of(changesRows);
        return this;
    }

    public DescriptionBuilder reversible(boolean canBeUndone) {
        reversible = Optional.of(canBeUndone);
        return this;
    }

    public DescriptionBuilder application(String name) {
        application = Optional.of(name);
        return this;
    }

    /** Row expectations as JSON objects. */
    public DescriptionBuilder expectations(List<Map<String, Object>> declared) {
        expectations = declared;
        return this;
    }

    public DescriptionBuilder checks(CheckName... required) {
        checks = List.of(required);
        return this;
    }

    public DescriptionBuilder sessions(SessionHints hints) {
        sessions = hints;
        return this;
    }

    /** Sessions of the migration are known by these application names alone. */
    public DescriptionBuilder applicationNames(String... names) {
        return sessions(new SessionHints(Optional.empty(), List.of(names), List.of()));
    }

    public DescriptionBuilder logWatch(Duration soak) {
        logWatch = Optional.of(soak);
        return this;
    }

    public DescriptionBuilder deadline(Duration afterCompletion) {
        deadline = Optional.of(afterCompletion);
        return this;
    }

    public DescriptionBuilder change(String name) {
        change = Optional.of(name);
        return this;
    }

    public DescriptionBuilder links(Map<String, String> named) {
        links = named;
        return this;
    }

    public MigrationDescription build() {
        return new MigrationDescription(
                tool,
                targets,
                tables,
                dataChanging,
                reversible,
                application,
                expectations,
                checks,
                sessions,
                logWatch,
                deadline,
                change,
                links);
    }
}
