package dev.allclear.log;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher whose clock is wrong, and a scanner that hears of a run when it is over. */
class SkewedClocksTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String MISSING = "ERROR psycopg2.errors.UndefinedColumn: column orders.total does not exist";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ScannerRun runs = new ScannerRun(vertx, Duration.ofSeconds(3));
    private final AtomicBoolean isRunning = new AtomicBoolean(true);
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private Thread application = new Thread(() -> {});
    private Path log = Path.of("");

    @BeforeEach
    void startApplication() throws IOException {
        log = Files.createFile(directory.resolve("app.log"));
        application = new Thread(() -> {
            while (isRunning.get()) {
                write(CLOCK.instant(), isBroken.get() ? MISSING : "INFO served /orders");
                LockSupport.parkNanos(50_000_000);
            }
        });
        application.start();
    }

    @AfterEach
    void stop() throws Exception {
        isRunning.set(false);
        application.join();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private void write(Instant time, String text) {
        append(time + " " + text);
    }

    private synchronized void append(String line) {
        try {
            Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private String files() {
        return "- file: " + log + "\n";
    }

    @Test
    void watchesAllTheSame_whenTheClockOfThePublisherIsSlow() {
        CheckReport report = runs.verify(files(), () -> {}, Duration.ofMinutes(-5), () -> isBroken.set(true));

        assertThat(report).failed().withFinding("logs.undefined-column");
    }

    @Test
    void watchesAllTheSame_whenTheClockIsSlowAndNobodyAnnouncedTheRun() {
        CheckReport report = runs.afterwards(files(), Duration.ofMinutes(-5), () -> isBroken.set(true));

        assertThat(report).failed().withFinding("logs.undefined-column");
    }

    @Test
    void needsNoBaselineInTime_whenThereAreNoErrors() {
        Instant started = CLOCK.instant().minusSeconds(300);

        assertThat(runs.verifyLate(files(), started, started.plusSeconds(10))).passed();
    }

    @Test
    void isUnproven_whenTheRunLeavesNoTimeToWatch() {
        ScannerRun unwatched = new ScannerRun(vertx, Duration.ZERO);

        CheckReport report = unwatched.verify(files(), () -> {}, Duration.ZERO, () -> isBroken.set(true));

        assertThat(report).inconclusive().withFinding("logs.window-truncated").saying("not watched");
    }

    @Test
    void fails_whenADateInTheErrorsTextLooksLikeItsTime() {
        String error = "pq: invalid input syntax for type bigint: \"2019-01-01 00:00:00\"";

        CheckReport report = runs.verify(files(), () -> {}, Duration.ZERO, () -> append(error));

        assertThat(report).failed().withFinding("logs.type-mismatch");
    }

    @Test
    void asksAStoreSinceTheCompletion_whenNobodyAnnouncedTheRun() throws IOException {
        try (FakeStore store = new FakeStore()) {
            String logs = "- loki: { url: '" + store.url() + "', query: '{app=\"shop\"}' }\n";
            store.add(CLOCK.instant().minus(Duration.ofMinutes(44)), "pod", MISSING);
            vertx.setPeriodic(100, timer -> store.add(CLOCK.instant(), "pod", "served"));

            CheckReport report = runs.afterwards(logs, Duration.ofMinutes(-45), () -> {});

            assertThat(report).failed().withFinding("logs.undefined-column");
        }
    }

    @Test
    void doesNotTakeTheMigrationsErrorsForOldOnes_whenTheAnnouncementIsReadLate() {
        Instant started = CLOCK.instant().minusSeconds(300);
        write(started.minusSeconds(600), "INFO served /orders");
        for (int ago = 290; ago > 0; ago--) {
            write(CLOCK.instant().minusSeconds(ago), MISSING);
        }
        isBroken.set(true);

        CheckReport report = runs.verifyLate(files() + "  silence: ok\n", started, started.plusSeconds(10));

        assertThat(report).failed().withFinding("logs.undefined-column");
        assertThat(report).withFinding("logs.baseline-contaminated");
    }
}
