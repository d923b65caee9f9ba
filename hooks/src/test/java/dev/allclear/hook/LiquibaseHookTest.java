package dev.allclear.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.testkit.BrokerExtension;
import dev.allclear.testkit.PostgresExtension;
import java.util.Map;
import java.util.Set;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real Liquibase finds the listener by itself and announces its updates on a real broker. */
final class LiquibaseHookTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final FakeServices services = new FakeServices(broker.kafka(), Set.of(), () -> {});

    @BeforeEach
    void configure() {
        postgres.startAfresh();
        System.setProperty("allclear.database", "shop");
        System.setProperty(
                "allclear.kafka.bootstrap.servers",
                broker.kafka().bootstrapServers().orElseThrow());
        System.setProperty("allclear.kafka.topic-prefix", broker.kafka().topicPrefix());
    }

    @AfterEach
    void end() {
        System.getProperties()
                .keySet()
                .removeIf(key -> key.toString().startsWith("allclear.")
                        && !key.toString().startsWith("allclear.test."));
        services.close();
    }

    @Test
    void announcesWaitsAndCompletes() throws Exception {
        System.setProperty("allclear.run-id", "liquibase-good");

        update("good");

        MigrationStarted started = services.started("liquibase-good");
        MigrationCompleted completed = services.completed("liquibase-good");
        assertThat(started.description().tool()).contains("liquibase");
        assertThat(started.description().sessions().pids()).hasSize(1);
        assertThat(completed.outcome()).contains(MigrationOutcome.SUCCEEDED);
        assertThat(completed.description().targetVersions()).containsExactly("ada:1", "ada:2");
        assertThat(completed.awaitedBaselines().orElseThrow()).hasSize(5);
    }

    @Test
    void sendsTheFailure_andLetsLiquibaseFailAsItWould() {
        System.setProperty("allclear.run-id", "liquibase-bad");

        assertThatThrownBy(() -> update("bad")).hasStackTraceContaining("no_such_table");

        MigrationCompleted completed = services.completed("liquibase-bad");
        assertThat(completed.outcome()).contains(MigrationOutcome.FAILED);
        assertThat(completed.description().targetVersions()).containsExactly("ada:1", "ada:2");
        assertThat(completed.output().orElseThrow()).contains("ran ada:1", "changeset ada:2 failed", "no_such_table");
    }

    @Test
    void neverBreaksAnUpdate_whenAllclearIsAway() throws Exception {
        System.setProperty("allclear.kafka.bootstrap.servers", "127.0.0.1:1");
        System.setProperty("allclear.kafka.max.block.ms", "500");
        System.setProperty("allclear.contact-wait", "1s");

        update("good");

        assertThat(postgres.connection().createStatement().executeQuery("select currency from orders"))
                .isNotNull();
    }

    private static void update(String changelog) throws Exception {
        Scope.child(Map.of(Scope.Attr.resourceAccessor.name(), new ClassLoaderResourceAccessor()), () -> {
            new CommandScope("update")
                    .addArgumentValue("url", postgres.jdbcUrl())
                    .addArgumentValue("username", "postgres")
                    .addArgumentValue("password", "")
                    .addArgumentValue("changelogFile", "changelog/" + changelog + ".sql")
                    .execute();
        });
    }
}
