package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.ledger.RunLedger;
import dev.allclear.aggregator.ledger.RunWindows;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.aggregator.report.HtmlReport;
import dev.allclear.aggregator.report.JsonReport;
import dev.allclear.aggregator.report.JunitReport;
import dev.allclear.aggregator.report.MarkdownReport;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.aggregator.report.TerminalReport;
import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.log.LogScannerModule;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Fifty secrets in the lines that real drivers print, and none of them in anything that people or programs read. */
final class PlantedSecretsTest {
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final RunId RUN = new RunId("secrets");

    /** Each with a place for the secret; the first ones as applications log connections, the others as drivers log statements. */
    private static final List<String> FORMS = List.of(
            "ERROR could not connect to postgresql://shop:%s@db:5432/shop: FATAL: password authentication failed for user \"shop\"",
            "ERROR org.postgresql.util.PSQLException: FATAL: too many connections, jdbc:postgresql://db/shop?user=shop&password=%s",
            "ERROR psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint \"k\" DETAIL:  Key (email)=(%s@example.org) already exists.",
            "ERROR pq: invalid input syntax for type uuid: \"%s\"",
            "ERROR PSQLException: ERROR: null value in column \"a\" violates not-null constraint  Detail: Failing row contains (1, %s).",
            "ERROR QueryFailedError: relation \"carts\" does not exist password=%s",
            "ERROR PG::UndefinedTable: ERROR:  relation \"carts\" does not exist : SELECT * FROM carts WHERE token = '%s'",
            "ERROR SQLSTATE[42703]: Undefined column: 7 ERROR:  column \"total\" does not exist (SQL: select total from c where k = %s)",
            "ERROR [SQL: select 1] [parameters: ('%s',)] psycopg.errors.UndefinedTable: relation \"carts\" does not exist",
            "ERROR relation \"carts\" does not exist Authorization: Bearer %s",
            "ERROR Npgsql.PostgresException (0x80004005): 42P01: relation \"carts\" does not exist; Password=%s;Host=db",
            "ERROR PSQLException: ERROR: relation \"carts\" does not exist {\"api_key\": \"%s\"}",
            "ERROR PSQLException: ERROR: relation \"carts\" does not exist Cookie: session=%s",
            "ERROR psycopg2.errors.UndefinedTable: relation \"carts\" does not exist AWS_SECRET_ACCESS_KEY=%s");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> secrets =
            IntStream.range(0, 50).mapToObj(PlantedSecretsTest::secret).toList();

    /** By turns a plain one, a JSON web token, a key of a cloud, and one that looks like a word. */
    private static String secret(int i) {
        return switch (i % 4) {
            case 0 -> "S3cr3t" + i + "x";
            case 1 -> "eyJhbGciOiJIUzI1NiJ9." + base64("{\"sub\":\"" + i + "\"}") + "." + base64("signature-" + i);
            case 2 -> "AKIA" + base64("cloud key number " + i).toUpperCase(java.util.Locale.ROOT);
            default -> "correcthorse" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + "battery";
        };
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void noneStandsInAnyFaceOfAReport() throws Exception {
        CheckReport answer = scanned();

        RunReport report = judged(answer);

        assertThat(answer.findings()).hasSizeGreaterThan(3);
        for (String face : List.of(
                TerminalReport.of(report, true),
                HtmlReport.of(report),
                MarkdownReport.of(report),
                JsonReport.of(report),
                JunitReport.of(report))) {
            assertThat(face).contains("carts");
            assertThat(secrets.stream().filter(face::contains).toList()).isEmpty();
        }
    }

    @Test
    void noneIsPrintedByScan() throws Exception {
        for (String format : List.of("text", "ndjson")) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            new CommandLine(new ScanCommand(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .execute("--format", format, log().toString());

            String told = printed.toString(StandardCharsets.UTF_8);

            assertThat(told.lines().count()).as("findings").isGreaterThanOrEqualTo(45);
            assertThat(secrets.stream().filter(told::contains).toList())
                    .as(format)
                    .isEmpty();
        }
    }

    private Path log() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < secrets.size(); i++) {
            lines.add(Clock.systemUTC().instant() + " " + String.format(FORMS.get(i % FORMS.size()), secrets.get(i)));
        }
        return Files.write(directory.resolve("app.log"), lines);
    }

    /** Without a "before" every error counts as new, and none is left out. */
    private CheckReport scanned() throws Exception {
        String yaml = "databases: { shop: { uri: 'postgresql://allclear@127.0.0.1:1/shop', logs: [{ file: '" + directory
                + "/*.log', silence: ok }] } }";
        AllclearConfig config = ConfigFile.parse(yaml, "test configuration", Map.of());
        Checker scanner = new LogScannerModule()
                .create(new Parts(
                        vertx, Clock.systemUTC(), config, Databases.of(vertx, config), new SimpleMeterRegistry()));
        config.mistakes().throwIfAny();
        Instant now = Clock.systemUTC().instant();
        log();
        CheckContext context = new CheckContext(
                RUN,
                SHOP,
                CheckName.LOGS,
                "test",
                Clock.systemUTC(),
                now,
                now.plusSeconds(60),
                new Cancellation(),
                said -> {});
        return scanner.after(completed(now.minusMillis(1)), Optional.empty(), context)
                .await(60, TimeUnit.SECONDS);
    }

    private static MigrationCompleted completed(Instant at) {
        MigrationDescription silent = MigrationDescription.NOTHING_SAID;
        MigrationDescription watched = new MigrationDescription(
                silent.tool(),
                silent.targetVersions(),
                silent.tables(),
                silent.dataChanging(),
                silent.reversible(),
                silent.application(),
                silent.expectations(),
                silent.checks(),
                silent.sessions(),
                Optional.of(Duration.ofSeconds(1)),
                silent.deadline(),
                silent.change(),
                silent.links());
        return new MigrationCompleted(RUN, SHOP, at, Optional.of(0), Optional.empty(), Optional.empty(), watched);
    }

    private static RunReport judged(CheckReport answer) {
        MigrationCompleted completed = completed(answer.startedAt());
        Verdict verdict = RunLedger.of(SHOP, RUN, answer.startedAt())
                .completed(completed, RunWindows.NONE, answer.startedAt(), Policy.DEFAULT)
                .ledger()
                .answered(answer, "id", answer.completedAt(), Policy.DEFAULT)
                .verdict()
                .orElseThrow();
        return new RunReport(verdict, List.of(answer), Optional.empty(), Optional.of(completed));
    }
}
