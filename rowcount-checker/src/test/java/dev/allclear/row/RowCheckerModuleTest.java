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
    }

    @Test
    void namesEveryMistakeInItsConfiguration() {
        List<String> mistakes = mistakesIn("""
                rows: { show-keys: yes please, showkeys: true }
                databases: { shop: { uri: 'postgresql://a@b/c', rows: { tolerance: 1 } } }
                """);

        assertThat(mistakes).hasSize(3).anyMatch(one -> one.startsWith("rows.show-keys: "));
        assertThat(mistakes).anyMatch(one -> one.startsWith("rows.showkeys: "));
        assertThat(mistakes).anyMatch(one -> one.startsWith("databases.shop.rows.tolerance: "));
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
