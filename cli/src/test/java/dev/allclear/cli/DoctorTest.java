package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.cli.doctor.DatabaseProbe;
import dev.allclear.cli.doctor.Line;
import dev.allclear.postgres.Database;
import dev.allclear.testkit.PostgresExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@Timeout(120)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
final class DoctorTest {
    private static final String SECRET = "s3cr3t-" + Long.toHexString(new Random().nextLong());

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path directory;

    @Test
    void findsEverythingInOrder_whereEverythingIsThere() throws IOException {
        postgres.execute("create table good (id int primary key)");
        Path log = Files.writeString(directory.resolve("app.log"), "2026-03-01 started\n");
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CommandLineRun run = doctor("""
                    databases:
                      shop:
                        uri: %s
                        logs: [ { file: %s } ]
                    alerts: [ { slack: { url: "http://127.0.0.1:%d/%s" } } ]
                    """.formatted(postgres.uri(), log, target.getLocalPort(), SECRET));

            assertThat(run.code()).as("%s", run).isZero();
            assertThat(run.out())
                    .contains("PostgreSQL ", "sees all sessions", "SELECT on ", "pg_stat_statements can be read")
                    .contains("its clock and ours", log + " can be read", "alerts to slack", "accepts connections")
                    .doesNotContain("missing", SECRET);
        }
    }

    @Test
    void namesWhatMendsIt_andFindsItMendedAfterwards() throws IOException {
        postgres.execute(
                "create role \"Half Blind\" login",
                "create schema \"Odd Schema\"",
                "create table \"Odd Schema\".\"Order Lines\" (id int)");
        Path log = Files.writeString(directory.resolve("app.log"), "2026-03-01 started\n");
        String config = """
                databases:
                  shop:
                    uri: %s
                    logs: [ { file: %s } ]
                """.formatted(postgres.uriAs("Half%20Blind"), log);

        CommandLineRun before = doctor(config);
        List<String> remedies = before.out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("GRANT "))
                .toList();
        remedies.forEach(postgres::execute);
        CommandLineRun after = doctor(config);
        postgres.execute(
                "drop schema \"Odd Schema\" cascade", "drop owned by \"Half Blind\"", "drop role \"Half Blind\"");

        assertThat(before.code()).as("%s", before).isEqualTo(ExitCode.FAIL);
        assertThat(before.out())
                .contains("no member of pg_monitor", "GRANT pg_monitor TO \"Half Blind\";")
                .contains("\"Odd Schema\".\"Order Lines\"")
                .contains("GRANT SELECT ON ALL TABLES IN SCHEMA \"Odd Schema\" TO \"Half Blind\";");
        assertThat(after.code()).as("%s", after).isZero();
        assertThat(after.out()).doesNotContain("missing", "GRANT");
    }

    @Test
    void saysWhatCannotBeReached_inTime_andNoSecret() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();

            CommandLineRun run = doctor("""
                    kafka: { bootstrap.servers: "127.0.0.1:1", sasl.jaas.config: "x password='%1$s';" }
                    databases:
                      gone: { uri: "postgresql://a:%1$s@127.0.0.1:1/x", logs: [ { file: %3$s/none*.log } ] }
                      deaf: { uri: "postgresql://a@127.0.0.1:%2$d/x", password: %1$s }
                    alerts: [ { webhook: { url: "http://127.0.0.1:1/%1$s" } } ]
                    """.formatted(SECRET, silent.getLocalPort(), directory));

            assertThat(run.code()).as("%s", run).isEqualTo(ExitCode.FAIL);
            assertThat(run.out())
                    .contains("missing  database gone", "missing  database deaf", "missing  kafka")
                    .contains("missing  logs of gone", "no file matches", "missing  alerts to webhook")
                    .contains("missing  logs of deaf", "no source is configured");
            assertThat(run.out() + run.err()).doesNotContain(SECRET);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
                    .isLessThan(40);
        }
    }

    @Test
    void saysHowFarTheClocksAreApart_andWhatMendsIt() {
        Database database = postgres.parts().databases().get(PostgresExtension.NAME);
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));

        List<String> lines = new DatabaseProbe(database, slow)
                .ask().stream().map(Line::toString).toList();

        assertThat(lines).anyMatch(line -> line.contains("WARN") && line.contains("120.") && line.contains("(NTP)"));
    }

    @Test
    void isAUsageError_whenTheConfigurationIsWrong() throws IOException {
        CommandLineRun run = doctor("""
                databases:
                  shop: { uri: mysql://x, password: "${env:NO_SUCH_VARIABLE_HERE}" }
                alerts: [ { pager: {} } ]
                """);

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("databases.shop.uri", "NO_SUCH_VARIABLE_HERE", "alerts[0]");
    }

    private CommandLineRun doctor(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("allclear.yaml"), yaml);
        return CommandLineRun.of("doctor", "--config", file.toString());
    }
}
