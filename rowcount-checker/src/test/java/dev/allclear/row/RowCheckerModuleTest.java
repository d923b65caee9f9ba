package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class RowCheckerModuleTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void acceptsItsConfiguration() {
        assertThat(mistakesIn("rows: { show-keys: true }")).isEmpty();
        assertThat(mistakesIn("")).isEmpty();
        assertThat(mistakesIn("databases: { shop: { uri: 'postgresql://a@b/c',"
                        + " rows: { one-pass: 5000000, chunk: 20000, busy-sessions: 8 } } }"))
                .isEmpty();
    }

    @Test
    void namesEveryMistakeInItsConfiguration() {
        List<String> mistakes = mistakesIn("""
                rows: { show-keys: yes please, showkeys: true }
                databases: { shop: { uri: 'postgresql://a@b/c', rows: { tolerance: 1, chunk: 3 } } }
                """);

        assertThat(mistakes).hasSize(4).anyMatch(one -> one.startsWith("rows.show-keys: "));
        assertThat(mistakes).anyMatch(one -> one.startsWith("rows.showkeys: "));
        assertThat(mistakes).anyMatch(one -> one.startsWith("databases.shop.rows.chunk: "));
        assertThat(mistakes).anyMatch(one -> one.startsWith("databases.shop.rows.tolerance: "));
    }

    @Test
    void namesEveryMistakeInAFile_withLineAndKey() {
        List<String> mistakes = RowCheckerModule.mistakes("""
                # after the backfill
                - { table: orders, filled: currency }
                - table: plans
                  rows: many
                  tolerance: 200%
                - { table: users,
                    unique: [email], where: { column: a, equals: 1 },
                    sinze: 3 }
                - { conserved: { from: [a, a], to: [] } }
                - {}
                """);

        assertThat(mistakes)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("line 4, expectations[1].rows: rows must be"),
                        one -> assertThat(one).startsWith("line 5, expectations[1].tolerance: tolerance must be"),
                        one -> assertThat(one).startsWith("line 7, expectations[2].where: where goes with rows"),
                        one -> assertThat(one)
                                .startsWith("line 8, expectations[2].sinze: \"sinze\" is not a known key"),
                        one -> assertThat(one)
                                .startsWith("line 9, expectations[3].conserved.from: conserved.from names"),
                        one -> assertThat(one).startsWith("line 9, expectations[3].conserved.to: conserved.to must be"),
                        one -> assertThat(one).startsWith("line 10, expectations[4].table: table must be a name"),
                        one -> assertThat(one).startsWith("line 10, expectations[4]: needs exactly one of"));
    }

    private static List<String> mistakesIn(String yaml) {
        AllclearConfig config = ConfigFile.parse(yaml, "test", Map.of());
        new RowCheckerModule()
                .create(new Parts(
                        VERTX, Clock.systemUTC(), config, Databases.of(VERTX, config), new SimpleMeterRegistry()))
                .close();
        return config.mistakes().found();
    }
}
