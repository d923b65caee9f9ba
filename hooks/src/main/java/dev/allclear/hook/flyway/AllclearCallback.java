package dev.allclear.hook.flyway;

import dev.allclear.hook.BackendPid;
import dev.allclear.hook.HookLog;
import dev.allclear.hook.MigrationHook;
import dev.allclear.hook.config.HookVariables;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Error;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;

/**
 * Announces what {@code flyway migrate} does: {@code flyway.callbacks=dev.allclear.hook.flyway.AllclearCallback}. Settings are
 * described in docs/hooks.md.
 */
public final class AllclearCallback implements Callback {
    private static final Set<Event> EVENTS = Set.of(
            Event.BEFORE_MIGRATE,
            Event.AFTER_EACH_MIGRATE,
            Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR,
            Event.AFTER_EACH_MIGRATE_ERROR,
            Event.AFTER_MIGRATE,
            Event.AFTER_MIGRATE_ERROR);

    private final Map<String, String> variables;
    private final Clock clock;
    private final HookLog log;
    private final List<String> said = new ArrayList<>();
    private Optional<MigrationHook> hook = Optional.empty();

    /** As Flyway makes it, from its class name. */
    public AllclearCallback() {
        this(HookVariables.ofThisProcess());
    }

    /** For programs that hand callbacks to Flyway; {@code variables} stand in for the environment. */
    public AllclearCallback(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
        this.clock = Clock.systemUTC();
        this.log = new FlywayLog(LogFactory.getLog(AllclearCallback.class));
    }

    private record FlywayLog(Log log) implements HookLog {
        @Override
        public void info(String line) {
            log.info(line);
        }

        @Override
        public void warn(String line) {
            log.warn(line);
        }
    }

    @Override
    public boolean supports(Event event, Context context) {
        return EVENTS.contains(event);
    }

    /** The announcement is no part of any transaction. */
    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "allclear";
    }

    @Override
    public void handle(Event event, Context context) {
        if (event == Event.BEFORE_MIGRATE) {
            said.clear();
            hook = MigrationHook.open("flyway", variables, clock, log);
            hook.ifPresent(opened -> opened.begin(pending(context), pids(context)));
        } else if (event == Event.AFTER_EACH_MIGRATE) {
            said.add("applied " + nameOf(context.getMigrationInfo()));
        } else if (event == Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR) {
            context.getStatement().getErrors().stream()
                    .map(AllclearCallback::words)
                    .forEach(said::add);
        } else if (event == Event.AFTER_EACH_MIGRATE_ERROR) {
            said.add("ERROR: migration " + nameOf(context.getMigrationInfo()) + " failed" + unexplained());
        } else if (event == Event.AFTER_MIGRATE || event == Event.AFTER_MIGRATE_ERROR) {
            hook.ifPresent(opened -> opened.end(event == Event.AFTER_MIGRATE, List.of(), String.join("\n", said)));
            hook = Optional.empty();
        }
    }

    /** Not every Flyway tells its callbacks the statement's error: 10.22 does not, 13.12 does for migrations in SQL. */
    private String unexplained() {
        return said.stream().anyMatch(line -> line.startsWith("ERROR: "))
                ? ""
                : "; why is in Flyway's own log, which it did not tell its callbacks";
    }

    private static String words(Error error) {
        return "ERROR: " + error.getMessage() + " (SQL State: " + error.getState() + ")";
    }

    private static String nameOf(MigrationInfo migration) {
        return migration.getVersion() == null
                ? migration.getDescription()
                : migration.getVersion() + " " + migration.getDescription();
    }

    /** What this run should apply, from Flyway itself over a connection of its own; nothing where that cannot be asked. */
    private List<String> pending(Context context) {
        try {
            return Arrays.stream(Flyway.configure(context.getConfiguration().getClassLoader())
                            .configuration(context.getConfiguration())
                            .callbacks(new Callback[0])
                            .load()
                            .info()
                            .pending())
                    .filter(migration -> migration.getVersion() != null)
                    .map(migration -> migration.getVersion().getVersion())
                    .collect(Collectors.toList());
        } catch (RuntimeException unknown) {
            log.warn("Allclear is not told which versions should be applied: " + unknown.getMessage());
            return List.of();
        }
    }

    private static List<Integer> pids(Context context) {
        Connection connection = context.getConnection();
        return connection == null ? List.of() : BackendPid.of(connection);
    }
}
