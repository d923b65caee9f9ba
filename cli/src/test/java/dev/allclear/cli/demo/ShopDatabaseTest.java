package dev.allclear.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShopDatabaseTest {
    @TempDir
    private Path folder;

    /** The demo is worth nothing if its bad migration could be told by its exit code, or if what it does were staged. */
    @Test
    void letsTheBadMigrationEndWithExitCodeZero_andLeaveRealDamage() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start()) {
            ShopDatabase shop = new ShopDatabase(server);
            shop.create();
            assertThat(deploy(shop, DemoScript.HISTORY)).isZero();
            Path log = folder.resolve("shop.log");
            try (ShopApplication application =
                    ShopApplication.start(shop.jdbcUrl(ShopDatabase.APPLICATION), log, Clock.systemUTC())) {
                assertThat(deploy(shop, DemoScript.HISTORY, DemoScript.GOOD)).isZero();
                assertThat(Files.readString(log)).doesNotContain("ERROR");
                shop.cancelAnIndexBuild();

                int exitCode = deploy(shop, DemoScript.HISTORY, DemoScript.GOOD, DemoScript.BAD);

                assertThat(exitCode).isZero();
                assertThat(count(server, "select count(*) from pg_index where not indisvalid"))
                        .isEqualTo(1);
                assertThat(count(server, "select count(*) from pg_indexes where indexname = 'orders_customer_idx'"))
                        .isZero();
                assertThat(count(server, "select count(*) from customers where currency is null"))
                        .isPositive();
                assertThat(count(server, "select count(*) from pg_stat_activity where state = 'idle in transaction'"))
                        .isPositive();
                Awaitility.await().untilAsserted(() -> assertThat(Files.readString(log))
                        .contains("column \"discount\" does not exist"));
                shop.endSessionsOf(ShopDatabase.DEPLOYER);
            }
        }
    }

    private static int deploy(ShopDatabase shop, String... locations) throws IOException, InterruptedException {
        return new ProcessBuilder(DemoScript.command(shop.jdbcUrl(ShopDatabase.DEPLOYER), locations))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    private static long count(EmbeddedDatabase server, String sql) throws Exception {
        try (Connection connection = server.connect(ShopDatabase.NAME);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
