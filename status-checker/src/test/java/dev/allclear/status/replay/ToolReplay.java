package dev.allclear.status.replay;

import static org.awaitility.Awaitility.await;

import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.status.replay.ToolFixture.Block;
import dev.allclear.status.replay.ToolFixture.Kind;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/**
 * Executes a recording on a fresh database, one connection for each of its sessions, each named as the tool's was. A statement that
 * fails is expected to: it failed for the tool too. What was in flight when the tool was killed goes on in the background, as a
 * killed client's backend does, until {@link #letFinish} or {@link #close}.
 */
public final class ToolReplay implements AutoCloseable {
    /** How {@code allclear run} names the sessions of its command, and a session of which nothing else is said. */
    private static final String OURS = "allclear-run/run-1";

    /** Before PostgreSQL 15 they travel, and arrive about half a second after the rows. */
    private static final String STATISTICS_ARE_BEHIND = """
            select from pg_stat_user_tables s
            where s.n_tup_ins < (xpath('/row/n/text()', query_to_xml(
                format('select count(*) as n from %s', s.relid::regclass), false, true, '')))[1]::text::int""";

    private final PostgresExtension postgres;
    private final Iterator<Block> blocks;
    /** Holds what is in flight back, where the recording sleeps: a key of two numbers, which no tool locks. */
    private final Connection gate;

    private final Connection watcher;
    private final Map<Integer, Connection> sessions = new LinkedHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> inFlight = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    /** Makes the database fresh. */
    public ToolReplay(PostgresExtension postgres, ToolFixture fixture) throws SQLException {
        this.postgres = postgres;
        this.blocks = fixture.blocks().iterator();
        postgres.startAfresh();
        this.gate = postgres.connection();
        this.watcher = postgres.connection();
        execute(gate, "select pg_advisory_lock(1, 1)");
    }

    /** What the database was before the deploy. */
    public void toBaseline() throws SQLException {
        while (blocks.hasNext() && play(blocks.next()) != Kind.BASELINE) {}
    }

    /** To where the tool ended, by itself or killed. */
    public void toEnd() throws SQLException {
        while (blocks.hasNext()) {
            play(blocks.next());
        }
    }

    /** Lets the killed tool's backends do what they were doing, and notice that nobody is there. */
    public void letFinish() throws SQLException {
        gate.close();
        inFlight.values().forEach(CompletableFuture::join);
    }

    /** The messages of the statements that failed. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() throws SQLException {
        for (Connection session : sessions.values()) {
            session.abort(Runnable::run);
        }
        gate.close();
        watcher.close();
    }

    private Kind play(Block block) throws SQLException {
        switch (block.kind()) {
            case BEGINS -> begin(block.session(), block.text());
            case STATEMENT -> execute(session(block), block.text());
            case IN_FLIGHT -> launch(block, session(block));
            case ENDS -> disconnect(session(block));
            case KILLED -> kill();
            case BASELINE -> endAll();
        }
        return block.kind();
    }

    private Connection begin(int number, String application) throws SQLException {
        Connection session = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, application);
        sessions.put(number, session);
        return session;
    }

    private Connection session(Block block) throws SQLException {
        Connection session = sessions.get(block.session());
        return session == null ? begin(block.session(), OURS) : session;
    }

    private void execute(Connection session, String sql) {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException failed) {
            synchronized (errors) {
                errors.add(failed.getMessage());
            }
        }
    }

    /** Returns once the server is at work on it. */
    private void launch(Block block, Connection session) throws SQLException {
        String sql = block.text().replaceAll("pg_sleep\\([0-9.]+\\)", "pg_advisory_xact_lock_shared(1, 1)");
        inFlight.put(block.session(), CompletableFuture.runAsync(() -> {
            execute(session, sql);
            disconnect(session);
        }));
        awaitServer("select from pg_stat_activity where wait_event = 'advisory' and pid = " + pid(session), true);
    }

    /** The deploy is another process than what came before it. */
    private void endAll() throws SQLException {
        sessions.values().forEach(this::disconnect);
        sessions.clear();
        awaitServer(STATISTICS_ARE_BEHIND, false);
    }

    /** Who was idle is gone at once; who was at work goes on. */
    private void kill() {
        sessions.forEach((number, session) -> {
            if (!inFlight.containsKey(number)) {
                disconnect(session);
            }
        });
    }

    /** Returns once the server has put everything of the session away: its locks, and its statistics. */
    private void disconnect(Connection session) {
        try {
            if (session.isClosed()) {
                return;
            }
            int pid = pid(session);
            session.close();
            awaitServer("select from pg_stat_activity where pid = " + pid, false);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void awaitServer(String condition, boolean met) throws SQLException {
        try (Statement statement = watcher.createStatement()) {
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                try (ResultSet found = statement.executeQuery("select where exists (" + condition + ")")) {
                    return found.next() == met;
                }
            });
        }
    }

    private static int pid(Connection session) throws SQLException {
        return session.unwrap(PGConnection.class).getBackendPID();
    }
}
