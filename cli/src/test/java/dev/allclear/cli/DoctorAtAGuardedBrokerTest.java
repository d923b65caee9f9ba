package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.KafkaConfig;
import dev.allclear.embedded.EmbeddedBroker;
import dev.allclear.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for a password and refuses whatever no ACL allows: what is refused is named, with the command that allows it. */
final class DoctorAtAGuardedBrokerTest {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void startABrokerThatRefuses() {
        broker = EmbeddedBroker.with(Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.plaintext.sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN + "username=\"admin\" password=\"a\" user_admin=\"a\" user_pipeline=\"right\";",
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS;User:admin"));
        Topics.ensure(new KafkaConfig(admin(), "allclear.", 1, 1), Duration.ofSeconds(60));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void namesEveryRightThatIsMissing_andFindsThemThereAfterwards() throws Exception {
        CommandLineRun before = doctor("right");
        for (String topic : new String[] {"migrations", "baselines", "results", "verdicts"}) {
            AclOperation right = topic.equals("migrations") ? AclOperation.WRITE : AclOperation.READ;
            assertThat(before.out())
                    .containsPattern("missing +kafka +allclear[.]" + topic)
                    .contains("kafka-acls.sh --add --allow-principal User:pipeline --operation "
                            + (right == AclOperation.WRITE ? "Write" : "Read") + " --topic allclear." + topic
                            + " --bootstrap-server 127.0.0.1:" + broker.port());
            allow(topic, right);
        }
        CommandLineRun after = Awaitility.await("until the broker has heard of it")
                .atMost(Duration.ofSeconds(30))
                .until(() -> doctor("right"), run -> !run.out().contains("missing  kafka"));

        assertThat(before.code()).as("%s", before).isEqualTo(ExitCode.FAIL);
        assertThat(before.out()).doesNotContain("right\"");
        assertThat(after.out()).as("%s", after).contains("may not be written by this client; services need it");
    }

    @Test
    void saysThatThePasswordIsWrong_andNotThePassword() throws IOException {
        CommandLineRun run = doctor("wr0ng-0ne");

        assertThat(run.code()).isEqualTo(ExitCode.FAIL);
        assertThat(run.out()).contains("missing  kafka", "uthentication").doesNotContain("wr0ng-0ne");
    }

    private CommandLineRun doctor(String password) throws IOException {
        Path secret = Files.writeString(directory.resolve("password"), password + "\n");
        Path file = Files.writeString(
                directory.resolve("allclear.yaml"), """
                kafka:
                  bootstrap.servers: "%s"
                  security.protocol: SASL_PLAINTEXT
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: '%s username="pipeline" password="${file:%s}";'
                """.formatted(broker.bootstrapServers(), LOGIN.strip(), secret));
        return CommandLineRun.of("doctor", "--config", file.toString());
    }

    private static void allow(String topic, AclOperation operation) throws Exception {
        Properties properties = new Properties();
        properties.putAll(admin());
        try (Admin admin = Admin.create(properties)) {
            admin.createAcls(java.util.List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, "allclear." + topic, PatternType.LITERAL),
                            new AccessControlEntry("User:pipeline", "*", operation, AclPermissionType.ALLOW))))
                    .all()
                    .get();
        }
    }

    private static Map<String, String> admin() {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + "username=\"admin\" password=\"a\";");
    }
}
