package dev.allclear.acceptance.locks;

import dev.allclear.model.CheckReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of a finding's page. {@code -- session NAME} says which session the following statements run in, under that application
 * name; {@code -- session NAME, meanwhile} that nobody waits for them. {@code -- the run begins} and {@code -- the run ends} are where
 * it is announced and completed: at the beginning and at the end, unless said; {@code -- the run is not announced} leaves the first out.
 */
final class Script implements AutoCloseable {
    private static final Pattern SESSION = Pattern.compile("-- session ([a-z0-9 ]+?)(, meanwhile)?");
    private final Shop shop;
    private final String name;
    private final Map<String, Connection> sessions = new HashMap<>();
    private final Map<String, ExecutorService> threads = new HashMap<>();

    Script(Shop shop, String name) {
        this.shop = shop;
        this.name = name;
    }

    CheckReport run(List<String> lines) throws Exception {
        boolean announced = !lines.contains("-- the run is not announced");
        Optional<Run> run = announced && !lines.contains("-- the run begins")
                ? Optional.of(Run.begin(shop, name))
                : Optional.empty();
        Optional<CheckReport> report = Optional.empty();
        String session = "migration";
        boolean meanwhile = false;
        StringBuilder statement = new StringBuilder();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = SESSION.matcher(line);
            if (line.equals("-- the run begins")) {
                run = Optional.of(Run.begin(shop, name));
            } else if (line.equals("-- the run ends")) {
                Traffic.pause(300); // those who run meanwhile are under way
                report = Optional.of(ended(run));
            } else if (matcher.matches()) {
                session = matcher.group(1);
                meanwhile = matcher.group(2) != null;
            } else {
                statement.append(line.replaceFirst("--.*$", "")).append('\n');
                if (statement.toString().strip().endsWith(";")) {
                    CompletableFuture<Void> end = execute(session, statement.toString());
                    statement.setLength(0);
                    if (!meanwhile) {
                        end.get();
                    }
                }
            }
        }
        return report.isPresent() ? report.get() : ended(run);
    }

    private CheckReport ended(Optional<Run> run) {
        return run.isPresent() ? run.get().end("migration") : Run.endUnannounced(shop, name);
    }

    private CompletableFuture<Void> execute(String session, String sql) throws SQLException {
        if (!sessions.containsKey(session)) {
            sessions.put(session, shop.open(session.replace(" ", "%20")));
            threads.put(session, Executors.newSingleThreadExecutor());
        }
        Connection connection = sessions.get(session);
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        Shop.run(connection, sql);
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                threads.get(session));
    }

    /** Ends every session and undoes what the script did. */
    @Override
    public void close() throws SQLException {
        for (Connection connection : sessions.values()) {
            connection.abort(Runnable::run);
        }
        threads.values().forEach(ExecutorService::shutdownNow);
        shop.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
        shop.rollBackPrepared();
        shop.execute("drop table if exists orders", "grant pg_monitor to allclear", "alter role allclear login");
    }
}
