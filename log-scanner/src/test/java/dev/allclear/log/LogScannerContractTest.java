package dev.allclear.log;

import dev.allclear.event.MigrationDescription;
import dev.allclear.service.Parts;
import dev.allclear.testkit.CheckerContract;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.FindingPages;
import dev.allclear.testkit.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The log scanner keeps what every check promises; after a bad migration the application misses a column. */
final class LogScannerContractTest extends CheckerContract {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path folder;

    private volatile boolean runs = true;
    private volatile String line = "INFO served /orders";

    LogScannerContractTest() {
        super(new LogScannerModule(), postgres);
    }

    @Override
    protected void scene() {
        Thread application = new Thread(this::serve, "application");
        application.setDaemon(true);
        application.start();
    }

    @AfterEach
    void stopTheApplication() {
        runs = false;
    }

    @Override
    protected void migrateWell() {
        // the application goes on as before
    }

    @Override
    protected void migrateBadly() {
        line = "ERROR psycopg2.errors.UndefinedColumn: column orders.total does not exist";
    }

    @Override
    protected String settings() {
        return "logs:\n  - file: " + folder.resolve("app.log") + "\n    lag: 1s\n";
    }

    /** It reads logs and never the database. */
    @Override
    protected Parts partsAgainst(String address) {
        return postgres.parts("logs:\n  - loki: { url: 'http://" + address + "', query: '{app=\"shop\"}' }\n");
    }

    @Override
    protected MigrationDescription description() {
        return new DescriptionBuilder().logWatch(Duration.ofSeconds(1)).build();
    }

    @Override
    protected Set<String> codes() {
        return FindingPages.codes(Path.of("../docs/findings"), "logs");
    }

    private void serve() {
        while (runs) {
            try {
                Files.writeString(
                        folder.resolve("app.log"),
                        Instant.now() + " " + line + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            LockSupport.parkNanos(100_000_000);
        }
    }
}
