package dev.allclear.hook.liquibase;

import dev.allclear.hook.BackendPid;
import dev.allclear.hook.HookLog;
import dev.allclear.hook.MigrationHook;
import dev.allclear.hook.config.HookVariables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.changelog.visitor.DefaultChangeExecListener;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.logging.Logger;

/** An update with an announcement before it and a completion after it, whatever comes of it. */
final class AnnouncedUpdate {
    private final CommandScope scope;

    private AnnouncedUpdate(CommandScope scope) {
        this.scope = scope;
    }

    /** The update itself. */
    interface Update {
        void run() throws Exception;
    }

    private record LiquibaseLog(Logger log) implements HookLog {
        @Override
        public void info(String line) {
            log.info(line);
        }

        @Override
        public void warn(String line) {
            log.warning(line);
        }
    }

    static void run(CommandResultsBuilder results, Update update) throws Exception {
        HookLog log = new LiquibaseLog(Scope.getCurrentScope().getLog(AnnouncedUpdate.class));
        Optional<MigrationHook> hook =
                MigrationHook.open("liquibase", HookVariables.ofThisProcess(), Clock.systemUTC(), log);
        if (hook.isEmpty()) {
            update.run();
            return;
        }
        AnnouncedUpdate announced = new AnnouncedUpdate(results.getCommandScope());
        hook.get().begin(List.of(), announced.pids());
        try {
            update.run();
        } catch (Exception failed) {
            announced.end(hook.get(), Optional.of(failed));
            throw failed;
        }
        announced.end(hook.get(), Optional.empty());
    }

    /** A failed update is what its user must hear of; that Allclear could not be told comes second. */
    private void end(MigrationHook hook, Optional<Exception> failure) {
        List<String> attempted = new ArrayList<>();
        List<String> said = new ArrayList<>();
        if (scope.getDependency(ChangeExecListener.class) instanceof DefaultChangeExecListener listener) {
            for (ChangeSet deployed : listener.getDeployedChangeSets()) {
                attempted.add(nameOf(deployed));
                said.add("ran " + nameOf(deployed));
            }
            for (ChangeSet failed : listener.getFailedChangeSets()) {
                attempted.add(nameOf(failed));
                said.add("ERROR: changeset " + nameOf(failed) + " failed");
            }
        }
        failure.ifPresent(error -> said.add("ERROR: " + error.getMessage()));
        try {
            hook.end(failure.isEmpty(), attempted, String.join("\n", said));
        } catch (IllegalStateException untold) {
            if (failure.isEmpty()) {
                throw untold;
            }
            failure.get().addSuppressed(untold);
        }
    }

    private static String nameOf(ChangeSet changeSet) {
        return changeSet.getAuthor() + ":" + changeSet.getId();
    }

    /** Liquibase's session does not commit by itself: what the question opened is closed, so that nothing is held while we wait. */
    private List<Integer> pids() {
        if (!(scope.getDependency(Database.class) instanceof Database database)
                || !(database.getConnection() instanceof JdbcConnection jdbc)) {
            return List.of();
        }
        Connection connection = jdbc.getUnderlyingConnection();
        List<Integer> pids = BackendPid.of(connection);
        try {
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException unusable) {
            return List.of();
        }
        return pids;
    }
}
