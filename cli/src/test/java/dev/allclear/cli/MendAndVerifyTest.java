package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Run, fail, mend, verify, pass; on a real database, with a broker and all services in this process. */
@Timeout(300)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
final class MendAndVerifyTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path directory;

    @BeforeEach
    void fillTheShop() throws IOException {
        postgres.execute(
                "drop table if exists orders",
                "create table orders (id bigserial primary key, customer_id int, note text)",
                "insert into orders (customer_id, note) select n % 5000, 'note' from generate_series(1, 200000) n",
                "create index orders_customer_idx on orders (customer_id)",
                "vacuum analyze orders");
        Files.writeString(directory.resolve("allclear.yaml"), """
                databases:
                  shop:
                    uri: %s
                    status: { settle: 0s }
                    locks: { settle: 0s, warn: 1s, fail: 2s }
                    latency:
                      top: 0
                      queries:
                        - { name: orders-of-customer, sql: select * from orders where customer_id = $1, parameters: [[42]] }
                policy: { required: [status, latency, locks, rows], log-watch: 0s }
                """.formatted(postgres.uri()));
    }

    @Test
    void passes_onceWhatTheRunBrokeIsMended_andOnlyWithItsBefore() {
        CommandLineRun run = allclear(
                List.of("run", "--id", "first", "--tool", "sql", "--format", "json"),
                SqlTool.command(
                        postgres.jdbcUrl(),
                        "alter table orders add column discount int",
                        "drop index orders_customer_idx"));
        assertThat(run.code()).as("%s", run).isEqualTo(ExitCode.FAIL);
        assertThat(run.out()).contains("\"decision\":\"FAIL\"", "orders_customer_idx");

        postgres.execute("create index orders_customer_idx on orders (customer_id)", "analyze orders");

        CommandLineRun mended =
                allclear(List.of("verify", "--since", "first", "--id", "second", "--format", "json"), List.of());
        assertThat(mended.code()).as("%s", mended).isEqualTo(ExitCode.PASS);
        assertThat(mended.out()).contains("\"runId\":\"second\"", "pipeline.before-reused", "pipeline.finding-waived");

        CommandLineRun blind =
                allclear(List.of("verify", "--tool", "sql", "--exit-code", "0", "--format", "json"), List.of());
        assertThat(blind.code()).as("%s", blind).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(blind.out()).contains("latency.no-baseline", "locks.not-observed");

        CommandLineRun shown = allclear(List.of("report", "first", "--format", "json"), List.of());
        assertThat(shown.code()).isEqualTo(ExitCode.FAIL);
        assertThat(shown.out()).isEqualTo(run.out());
    }

    private CommandLineRun allclear(List<String> words, List<String> command) {
        List<String> arguments = new ArrayList<>(words);
        arguments.addAll(List.of(
                "--config", directory.resolve("allclear.yaml").toString(),
                "--history", directory.resolve(".allclear").toString(),
                "--database", "shop"));
        if (!command.isEmpty()) {
            arguments.add("--");
            arguments.addAll(command);
        }
        return CommandLineRun.of(arguments);
    }
}
