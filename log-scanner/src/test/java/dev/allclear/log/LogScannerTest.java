package dev.allclear.log;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.config.AllclearConfig;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogScannerTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String MISSING = "ERROR psycopg2.errors.UndefinedColumn: column orders.total does not exist";
    private static final String DUPLICATE =
            "ERROR psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint \"carts_key\"";
    private static final String STALE = "ERROR SQL state [0A000]; ERROR: cached plan must not change result type";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ScannerRun runs = new ScannerRun(vertx, Duration.ofSeconds(3));
    private final AtomicBoolean isRunning = new AtomicBoolean(true);
    private Thread application = new Thread(() -> {});
    private Path log = Path.of("");

    @BeforeEach
    void startApplication() throws IOException {
        log = Files.createFile(directory.resolve("app.log"));
        application = new Thread(() -> {
            while (isRunning.get()) {
                write("INFO served /orders");
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
        });
        application.start();
    }

    @AfterEach
    void stop() throws Exception {
        stopApplication();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private void stopApplication() throws InterruptedException {
        isRunning.set(false);
        application.join();
    }

    private synchronized void write(String text) {
        append(CLOCK.instant() + " " + text);
    }

    private synchronized void append(String line) {
        try {
            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void passes_whenNothingNewHappens() {
        write(DUPLICATE);

        CheckReport report = verify(files(), () -> {}, () -> write(DUPLICATE));

        assertThat(report).passed().withFinding("logs.constraint-violation").withSeverity(Severity.INFO);
        Assertions.assertThat(report.measurements().keySet())
                .containsExactly("series", "startedAt", "completedAt", "classes", "sources");
        Assertions.assertThat(report.measurements().get("classes"))
                .isEqualTo(List.of(Map.of(
                        "code", "logs.constraint-violation", "subject", "carts_key", "before", 1L, "after", 1L)));
    }

    @Test
    void fails_whenTheApplicationReadsAColumnThatIsGone() {
        CheckReport report = verify(files(), () -> {}, () -> {
            write(MISSING);
            write(MISSING);
        });

        assertThat(report)
                .failed()
                .withFinding("logs.undefined-column")
                .about("orders.total")
                .saying("2 times", "limit 0");
    }

    @Test
    void warns_whenErrorsStoppedWithTheRun() {
        CheckReport report = verify(files(), () -> write(MISSING), () -> {});

        assertThat(report)
                .passed()
                .withFinding("logs.undefined-column")
                .withSeverity(Severity.WARNING)
                .saying("while the migration ran");
    }

    @Test
    void warns_whenABurstOfStalePlansHealed() {
        CheckReport report = verify(files(), () -> {}, () -> write(STALE));

        assertThat(report)
                .passed()
                .withFinding("logs.stale-plan")
                .withSeverity(Severity.WARNING)
                .saying("transient");
    }

    @Test
    void fails_whenAKnownErrorBecomesMuchMoreFrequent() {
        append(CLOCK.instant().minusSeconds(1500) + " INFO begin");
        write(DUPLICATE);

        CheckReport report = verify(files(), () -> {}, () -> {
            for (int i = 0; i < 20; i++) {
                write(DUPLICATE);
            }
        });

        assertThat(report).failed().withFinding("logs.errors-increased").about("carts_key");
    }

    @Test
    void passesAndNamesTheRate_whenTheApplicationAlwaysMissedAColumn() {
        missedForHalfAnHour("coupons.note");

        CheckReport report = verify(files(), () -> {}, () -> write(missing("coupons.note")));

        assertThat(report)
                .passed()
                .withFinding("logs.undefined-column")
                .about("coupons.note")
                .withSeverity(Severity.INFO)
                .saying("as before", "a minute", "2.0 a minute", "58 in the");
    }

    @Test
    void failsForTheNewColumnAlone_whenTheApplicationAlwaysMissedAnother() {
        missedForHalfAnHour("coupons.note");

        CheckReport report = verify(files(), () -> {}, () -> {
            write(missing("coupons.note"));
            write(missing("orders.total"));
            write(missing("coupons.note"));
        });

        assertThat(report)
                .failed()
                .withFinding("logs.undefined-column")
                .about("orders.total")
                .withSeverity(Severity.ERROR)
                .saying("once", "none in the", "limit 0 new");
        Assertions.assertThat(report.findings())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .hasSize(1);
        Assertions.assertThat(report.findings())
                .filteredOn(finding -> finding.severity() == Severity.INFO)
                .singleElement()
                .satisfies(old -> Assertions.assertThat(old.subject()).isEqualTo("coupons.note"));
    }

    /** Twice a minute, with the SQLSTATE as pgx writes it. */
    private void missedForHalfAnHour(String column) {
        Instant now = CLOCK.instant();
        for (int ago = 1740; ago > 0; ago -= 30) {
            append(now.minusSeconds(ago) + " " + missing(column));
        }
    }

    private static String missing(String column) {
        return "ERROR checkout: ERROR: column " + column + " does not exist (SQLSTATE 42703)";
    }

    @Test
    void isUnproven_whenTheLogFallsSilent() {
        CheckReport report = verify(files(), () -> {}, this::fallSilent);

        assertThat(report).inconclusive().withFinding("logs.source-behind").withRemedy("silence: ok");
    }

    @Test
    void passes_whenTheLogFallsSilentAndThatIsOk() {
        CheckReport report = verify(files() + "  silence: ok\n", () -> {}, this::fallSilent);

        assertThat(report).passed();
    }

    @Test
    void fails_whenTheClockOfTheLogIsSlow_andProvesNothingElse() {
        fallSilent();

        CheckReport report =
                verify(files(), () -> {}, () -> append(CLOCK.instant().minusSeconds(300) + " " + MISSING));

        assertThat(report).failed().withFinding("logs.undefined-column");
        assertThat(report).withFinding("logs.source-behind");
    }

    @Test
    void fails_whenTheClockOfThePublisherIsFast() {
        CheckReport report =
                runs.verify(files() + "  silence: ok\n", () -> {}, Duration.ofMinutes(5), () -> write(MISSING));

        assertThat(report).failed().withFinding("logs.undefined-column");
    }

    @Test
    void readsOn_whenTheFileIsRotated() {
        CheckReport report = verify(files(), () -> {}, () -> {
            write(MISSING);
            rename(log, directory.resolve("app.log.1"));
            write("INFO new file");
        });

        assertThat(report).failed().withFinding("logs.undefined-column").saying("once");
    }

    @Test
    void readsFromTheStart_whenTheFileIsTruncated() {
        CheckReport report = verify(files(), () -> {}, () -> {
            truncate();
            write(MISSING);
        });

        assertThat(report).failed().withFinding("logs.undefined-column");
    }

    @Test
    void readsLinesWithoutTimes() throws InterruptedException {
        stopApplication();
        append("started");

        CheckReport report = verify(files(), () -> {}, () -> append(MISSING));

        assertThat(report).failed().withFinding("logs.undefined-column");
    }

    @Test
    void isUnproven_whenThereIsNoSuchFile() {
        CheckReport report = verify("- file: " + directory + "/none/*.log\n", () -> {}, () -> {});

        assertThat(report).inconclusive().withFinding("logs.source-unreachable").saying("no directory");
    }

    @Test
    void isUnproven_whenAStoreCannotBeReached() {
        CheckReport report = verify(
                "- loki: { url: 'http://127.0.0.1:1', query: '{app=\"shop\"}', timeout: 500ms }\n", () -> {}, () -> {});

        assertThat(report).inconclusive().withFinding("logs.source-unreachable").saying("cannot reach 127.0.0.1:1");
    }

    @Test
    void asksAStore() throws IOException {
        try (FakeStore store = new FakeStore()) {
            String logs = "- elasticsearch: { url: '" + store.url() + "', index: 'shop-*', token: S3cr3t99 }\n";
            vertx.setPeriodic(100, timer -> store.add(CLOCK.instant(), "pod", "served"));

            CheckReport quiet = verify(logs, () -> {}, () -> {});
            CheckReport noisy = verify(logs, () -> {}, () -> store.add(CLOCK.instant(), "pod", MISSING));

            assertThat(quiet).passed();
            assertThat(noisy).failed().withFinding("logs.undefined-column").about("orders.total");
        }
    }

    @Test
    void isUnproven_whenTheStoreGetsItsLinesLate() throws IOException {
        try (FakeStore store = new FakeStore()) {
            String logs = "- loki: { url: '" + store.url() + "', query: '{app=\"shop\"}' }\n";
            // what is shown now was written 20 seconds ago; the soak's lines have not come yet
            vertx.setPeriodic(100, timer -> store.add(CLOCK.instant().minusSeconds(20), "pod", "served"));

            CheckReport report = verify(logs, () -> {}, () -> {});

            assertThat(report).inconclusive().withFinding("logs.source-behind");
        }
    }

    @Test
    void isUnproven_whenOneOfTwoFilesFallsSilent() throws IOException {
        Path other = directory.resolve("other.log");
        Files.writeString(other, CLOCK.instant() + " INFO served\n");

        CheckReport report = verify(files() + "  lag: 1s\n", () -> {}, () -> {});

        assertThat(report).inconclusive().withFinding("logs.source-behind").saying("other.log", "has not been since");
    }

    @Test
    void readsFromTheStart_whenTheFileWasEmptiedAndGrewAgain() {
        write("INFO begun");

        CheckReport report = verify(files(), () -> {}, () -> {
            truncate();
            write(MISSING);
            for (int i = 0; i < 200; i++) {
                write("INFO served again");
            }
        });

        assertThat(report).failed().withFinding("logs.undefined-column");
        assertThat(report).withFinding("logs.window-truncated");
    }

    @Test
    void repeatsNoSecret() {
        List<String> secrets = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> "S3cr3t" + i + "x")
                .toList();
        List<String> forms = List.of(
                "postgres://shop:%s@db:5432/shop: connection refused",
                "psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint \"k\"\nDETAIL:  Key (email)=(%s@example.org) already exists.",
                "pq: invalid input syntax for type uuid: \"%s\"",
                "PSQLException: ERROR: null value in column \"a\" violates not-null constraint\n  Detail: Failing row contains (1, %s).",
                "QueryFailedError: relation \"carts\" does not exist password=%s",
                "PG::UndefinedTable: ERROR:  relation \"carts\" does not exist : SELECT * FROM carts WHERE token = '%s'",
                "SQLSTATE[42703]: Undefined column: 7 ERROR:  column \"total\" does not exist (SQL: select total from c where k = %s)",
                "[SQL: select 1]\n[parameters: ('%s',)] psycopg.errors.UndefinedTable: relation \"carts\" does not exist",
                "ERROR:  relation \"carts\" does not exist Authorization: Bearer %s",
                "Npgsql.PostgresException (0x80004005): 42P01: relation \"carts\" does not exist; Password=%s;Host=db");

        CheckReport report = verify(files(), () -> {}, () -> {
            for (int i = 0; i < secrets.size(); i++) {
                write(String.format(forms.get(i % forms.size()), secrets.get(i)));
            }
        });

        assertThat(report).failed();
        String told = dev.allclear.codec.Json.write(report);
        Assertions.assertThat(secrets).noneMatch(told::contains);
    }

    @Test
    void isUnproven_whenNoSourceIsConfigured() {
        CheckReport report = verify("", () -> {}, () -> {});

        assertThat(report)
                .inconclusive()
                .withFinding("logs.no-source")
                .withRemedy("required: [status, latency, locks, rows]");
    }

    @Test
    void ignoresItsOwnLinesAndTheMigrations() {
        CheckReport report = verify(files(), () -> {}, () -> {
            write("[7] allclear/rows/run-1 ERROR:  column orders.total does not exist");
            write("[8] deploy-tool ERROR:  column orders.total does not exist");
        });

        assertThat(report).passed().withoutFinding("logs.undefined-column");
    }

    @Test
    void needsNoBaseline_whenThereAreNoErrors() {
        CheckReport quiet = runs.afterwards(files(), Duration.ZERO, () -> {});
        CheckReport noisy = runs.afterwards(files(), Duration.ZERO, () -> write(MISSING));

        assertThat(quiet).passed();
        assertThat(noisy).failed().withFinding("logs.no-baseline");
    }

    @Test
    void tellsTopicsOfOneNameApart_sinceEachHasItsOwnMarks() {
        AllclearConfig config = ScannerRun.config("- kafka: { topic: app-logs, bootstrap.servers: 'eu:9092' }\n"
                + "- kafka: { topic: app-logs, bootstrap.servers: 'us:9092' }\n");

        LogSettings settings = LogSettings.read(config, java.time.ZoneOffset.UTC, new LogClassifier().search());

        Assertions.assertThat(settings.of(ScannerRun.SHOP))
                .extracting(LogSource::name)
                .containsExactly("kafka app-logs at eu:9092", "kafka app-logs at us:9092");
    }

    @Test
    void namesEveryMistake_whenTheConfigurationIsWrong() {
        AllclearConfig config =
                ScannerRun.config("- file: /a\n  silence: fine\n- { lag: 3s }\n- { file: /b, tail: 9 }\n");

        LogSettings.read(config, java.time.ZoneOffset.UTC, new LogClassifier().search());

        Assertions.assertThat(config.mistakes().found()).hasSize(3);
        Assertions.assertThat(config.mistakes().found().toString()).contains("silence", "exactly one of", "tail");
    }

    private void fallSilent() {
        try {
            stopApplication();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void rename(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private synchronized void truncate() {
        try {
            Files.writeString(log, "");
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private String files() {
        return "- file: " + directory + "/*.log\n";
    }

    private CheckReport verify(String logs, Runnable during, Runnable after) {
        return runs.verify(logs, during, Duration.ZERO, after);
    }
}
