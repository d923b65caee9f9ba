package dev.allclear.postgres;

import dev.allclear.config.Budget;
import dev.allclear.config.DatabaseConfig;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;

/**
 * The polite way to one database under verification. Every statement runs in a READ ONLY transaction with
 * {@code statement_timeout}, {@code lock_timeout} and {@code row_security = off}, and under a time limit of our own, since the
 * server's do not fire when its backend is stopped. At most {@value #MOST_CONNECTIONS} connections are open at once; further
 * visits wait for a place. A standby is refused.
 */
public final class Database {
    static final int MOST_CONNECTIONS = 6;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final DatabaseName name;
    private final Budget budget;
    private final Vertx vertx;
    private final PgConnectOptions options;
    private final Places places = new Places(MOST_CONNECTIONS);

    Database(Vertx vertx, DatabaseConfig config) {
        this.name = config.name();
        this.budget = config.budget();
        this.vertx = vertx;
        this.options =
                PgConnectOptions.fromUri(config.uri()).setReconnectAttempts(0).setCachePreparedStatements(false);
        config.password().ifPresent(password -> options.setPassword(password.reveal()));
    }

    public DatabaseName name() {
        return name;
    }

    /** What one check may ask of this database unless it says otherwise. */
    public Budget budget() {
        return budget;
    }

    public Visit visit(CheckName check, RunId run) {
        return visit(check, run, budget);
    }

    /** A visit with a budget of its own, for an observation that lasts as long as the migration. */
    public Visit visit(CheckName check, RunId run, Budget ownBudget) {
        return new Visit(this, "allclear/" + check + "/" + run, ownBudget);
    }

    Future<Connection> connect(String applicationName) {
        PgConnectOptions own = new PgConnectOptions(options).addProperty("application_name", applicationName);
        return places.take().compose(place -> Connection.open(vertx, own, name, CONNECT_LIMIT, place));
    }
}
