package dev.allclear.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.hook.flyway.AllclearCallback;
import dev.allclear.model.CheckName;
import dev.allclear.testkit.BrokerExtension;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real Flyway on a real database announces itself on a real broker. */
final class FlywayHookTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private FakeServices services = new FakeServices(broker.kafka(), Set.of(), () -> {});

    @BeforeEach
    void anEmptyDatabase() {
        postgres.startAfresh();
    }

    @AfterEach
    void end() {
        services.close();
    }

    @Test
    void announcesWaitsAndCompletes() {
        int applied = migrate("good", settings("flyway-good"));

        MigrationStarted started = services.started("flyway-good");
        MigrationCompleted completed = services.completed("flyway-good");
        assertThat(applied).isEqualTo(2);
        assertThat(started.database().value()).isEqualTo("shop");
        assertThat(started.description().tool()).contains("flyway");
        assertThat(started.description().targetVersions()).containsExactly("1", "2");
        assertThat(started.description().sessions().pids()).hasSize(1).allMatch(pid -> pid > 0);
        assertThat(completed.outcome()).contains(MigrationOutcome.SUCCEEDED);
        assertThat(completed.awaitedBaselines()).contains(Set.copyOf(CheckName.builtIn()));
        assertThat(completed.output()).contains("applied 1 orders\napplied 2 currency");
    }

    private record Silence() implements HookLog {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {}
    }

    @Test
    void findsItsOwnClasses_whereTheToolsThreadsKnowThemNot() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader commandLines = ClassLoader.getPlatformClassLoader();
        thread.setContextClassLoader(commandLines);
        try {
            MigrationHook hook = MigrationHook.open("flyway", settings("dropped-in"), Clock.systemUTC(), new Silence())
                    .orElseThrow();
            hook.begin(List.of("1"), List.of());
            hook.end(true, List.of(), "");
            assertThat(thread.getContextClassLoader()).isSameAs(commandLines);
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(services.completed("dropped-in").awaitedBaselines()).contains(Set.copyOf(CheckName.builtIn()));
    }

    @Test
    void nothingIsAppliedBeforeEveryBaselineIsThere() {
        services.close();
        services = new FakeServices(broker.kafka(), Set.of(), () -> {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(500).toNanos());
            assertThat(tables()).as("tables while \"before\" is measured").isZero();
        });

        migrate("good", settings("flyway-order"));

        assertThat(services.completed("flyway-order").awaitedBaselines().orElseThrow())
                .hasSize(5);
        assertThat(tables()).isPositive();
    }

    @Test
    void saysWhoseBeforeIsMissing() {
        services.close();
        services = new FakeServices(broker.kafka(), Set.of(CheckName.LOGS), () -> {});
        Map<String, String> settings = settings("flyway-silent");
        settings.put("ALLCLEAR_BASELINE_WAIT", "1s");

        migrate("good", settings);

        assertThat(services.completed("flyway-silent").awaitedBaselines().orElseThrow())
                .hasSize(4)
                .doesNotContain(CheckName.LOGS);
    }

    @Test
    void sendsTheFailure_andLetsFlywayFailAsItWould() {
        assertThatThrownBy(() -> migrate("bad", settings("flyway-bad")))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("no_such_table");

        MigrationCompleted completed = services.completed("flyway-bad");
        assertThat(completed.outcome()).contains(MigrationOutcome.FAILED);
        assertThat(completed.description().targetVersions()).containsExactly("1", "2");
        assertThat(completed.output().orElseThrow()).contains("applied 1 orders", "migration 2 broken failed");
        assertThat(completed.output().orElseThrow()).contains("no_such_table", "42P01");
    }

    @Test
    void neverBreaksAMigration_whenAllclearIsAway() {
        Map<String, String> settings = settings("flyway-away");
        settings.put("ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        settings.put("ALLCLEAR_CONTACT_WAIT", "1s");
        settings.put("ALLCLEAR_KAFKA_MAX_BLOCK_MS", "500");

        assertThat(migrate("good", settings)).isEqualTo(2);
    }

    @Test
    void runsNothing_whenAllclearIsAwayAndRequired() {
        Map<String, String> settings = settings("flyway-required");
        settings.put("ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        settings.put("ALLCLEAR_CONTACT_WAIT", "1s");
        settings.put("ALLCLEAR_REQUIRED", "true");

        assertThatThrownBy(() -> migrate("good", settings)).hasStackTraceContaining("ALLCLEAR_REQUIRED=true");

        assertThat(tables()).isZero();
    }

    @Test
    void standsAside_whereAllclearRunIsAroundFlyway() {
        Map<String, String> settings = settings("flyway-wrapped");
        settings.put("PGAPPNAME", "allclear-run/flyway-wrapped");

        migrate("good", settings);

        assertThatThrownBy(() -> services.started("flyway-wrapped")).hasMessageContaining("heard []");
    }

    private static Map<String, String> settings(String run) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("ALLCLEAR_DATABASE", "shop");
        settings.put("ALLCLEAR_RUN_ID", run);
        settings.put(
                "ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS",
                broker.kafka().bootstrapServers().orElseThrow());
        settings.put("ALLCLEAR_KAFKA_TOPIC_PREFIX", broker.kafka().topicPrefix());
        return settings;
    }

    private static int migrate(String folder, Map<String, String> settings) {
        return Flyway.configure()
                .dataSource(postgres.jdbcUrl(), "postgres", "")
                .locations("classpath:db/" + folder)
                .callbacks(new AllclearCallback(settings))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private static int tables() {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_tables where schemaname = 'public' and tablename = 'orders'")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
