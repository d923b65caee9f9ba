package dev.allclear.cli.demo;

import dev.allclear.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The demonstration's database: who may log in, and what an earlier, failed attempt has left in it. */
final class ShopDatabase {
    static final String NAME = "shop";
    static final String DEPLOYER = "deployer";
    static final String APPLICATION = "shop_app";
    static final String VERIFIER = "allclear";

    private final EmbeddedDatabase server;

    ShopDatabase(EmbeddedDatabase server) {
        this.server = server;
    }

    void create() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + DEPLOYER + " login");
            statement.execute("create role " + APPLICATION + " login");
            statement.execute("create role " + VERIFIER + " login connection limit 20");
            statement.execute("grant pg_monitor to " + VERIFIER);
            statement.execute("create database " + NAME + " owner " + DEPLOYER);
        }
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute("create extension pg_stat_statements");
            statement.execute("grant create on schema public to " + DEPLOYER);
            for (String reader : new String[] {APPLICATION, VERIFIER}) {
                statement.execute(
                        "alter default privileges for role " + DEPLOYER + " grant select on tables to " + reader);
            }
            statement.execute(
                    "alter default privileges for role " + DEPLOYER + " grant select on sequences to " + VERIFIER);
            statement.execute("alter default privileges for role " + DEPLOYER + " grant insert, update on tables to "
                    + APPLICATION);
        }
    }

    String jdbcUrl(String user) {
        return server.jdbcUrl(user, NAME);
    }

    String verifierUri() {
        return server.uri(VERIFIER, NAME);
    }

    /**
     * An index build that is cancelled half-way, as an impatient operator or a statement time-out does it: PostgreSQL keeps the
     * index and marks it invalid.
     */
    void cancelAnIndexBuild() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(DEPLOYER));
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = '100ms'");
            try {
                statement.execute(
                        "create index concurrently orders_customer_created_idx on orders (customer_id, created_at)");
            } catch (SQLException cancelled) {
                if (!"57014".equals(cancelled.getSQLState())) {
                    throw cancelled;
                }
            }
        }
    }

    /** Ends the deployment's own sessions, as the report's remedy does; a server that has ended took them with it. */
    void endSessionsOf(String user) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + user + "'");
        } catch (SQLException ended) {
            // on Ctrl-C the server may be closed before we come here
        }
    }
}
