package dev.allclear.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/**
 * A real PostgreSQL server of its own on a free loopback port, with {@code pg_stat_statements} loaded; its data, and with it its
 * log ({@code pg_current_logfile()}), is deleted on close. Runs as root too, through {@code unshare -U}, where user namespaces are allowed.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** The superuser; it needs no password from loopback. */
    public static final String SUPERUSER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts a server, throwing {@link UncheckedIOException} that says what to do when it cannot. */
    public static EmbeddedDatabase start() {
        try {
            return new EmbeddedDatabase(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries())
                    .setPgBinaryResolver(EmbeddedDatabase::archive)
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("max_connections", "120")
                    .setServerConfig("max_prepared_transactions", "10")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setPGStartupWait(START_LIMIT)
                    .start());
        } catch (IOException | IllegalStateException failed) {
            throw new UncheckedIOException(new IOException(
                    "the embedded PostgreSQL did not start: " + failed.getMessage()
                            + " (as root it needs user namespaces; where they are forbidden, run as an ordinary user)",
                    failed));
        }
    }

    /** The archive for this machine; the library's own search refuses a class path that names the same archive twice. */
    private static InputStream archive(String system, String machine) throws IOException {
        boolean arm = machine.contains("arm") || machine.contains("aarch64");
        String name = "/postgres-" + system.toLowerCase(Locale.ROOT) + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
        InputStream archive = EmbeddedDatabase.class.getResourceAsStream(name);
        if (archive == null) {
            throw new IOException("there is no embedded PostgreSQL for " + system + " on " + machine);
        }
        return archive;
    }

    /** Unpacked binaries are kept between runs, apart for each user, since another user's cannot be overwritten. */
    private static File binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "allclear-postgres-" + System.getProperty("user.name"))
                .toFile();
    }

    public int port() {
        return server.getPort();
    }

    /** A JDBC connection as superuser. The caller closes it. */
    public Connection connect(String database) throws SQLException {
        return server.getDatabase(SUPERUSER, database).getConnection();
    }

    /** {@code postgresql://user@localhost:port/database}. */
    public String uri(String user, String database) {
        return "postgresql://" + user + "@localhost:" + port() + "/" + database;
    }

    /** {@code jdbc:postgresql://…}, for tools that speak JDBC. */
    public String jdbcUrl(String user, String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database + "?user=" + user;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
