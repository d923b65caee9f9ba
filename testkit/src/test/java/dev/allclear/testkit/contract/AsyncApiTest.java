package dev.allclear.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Yaml;
import dev.allclear.event.EventType;
import dev.allclear.kafka.Topic;
import dev.allclear.testkit.EventSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/asyncapi.yaml} says what the program does: topics, their settings, messages, keys and schemas. */
final class AsyncApiTest {
    private static final Path FILE = Path.of("../docs/asyncapi.yaml");

    private final String text = Files.readString(FILE);
    private final Map<String, Object> document = Yaml.map(text);

    AsyncApiTest() throws IOException {}

    @ParameterizedTest
    @EnumSource
    void describesEveryTopicAsItIsCreated(Topic topic) {
        Map<String, Object> channel = map(map(document, "channels"), topic.label());
        Map<String, Object> settings = map(map(map(channel, "bindings"), "kafka"), "topicConfiguration");

        assertThat(channel).containsEntry("address", topic.nameWith("allclear."));
        assertThat(settings.get("cleanup.policy"))
                .isEqualTo(List.of(topic.settings().get("cleanup.policy").split(",")));
        for (String number : List.of("retention.ms", "max.message.bytes")) {
            assertThat(settings.get(number)).hasToString(topic.settings().get(number));
        }
        assertThat(channel)
                .containsEntry("x-message-timestamp-type", topic.settings().get("message.timestamp.type"));
        assertThat(map(map(channel, "bindings"), "kafka")).containsEntry("partitions", 3);
    }

    @ParameterizedTest
    @EnumSource
    void hasEveryEventOnItsTopic_withItsNameSchemaAndKey(EventType type) {
        String name = Arrays.stream(EventSchema.nameOf(type).split("\\."))
                .map(part -> part.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
        Map<String, Object> messages =
                map(map(map(document, "channels"), Topic.of(type).label()), "messages");
        Map<String, Object> message = map(map(map(document, "components"), "messages"), name);
        String schema = (String) map(map(message, "payload"), "schema").get("$ref");
        String key = (String) map(map(map(message, "bindings"), "kafka"), "key").get("description");

        assertThat(map(messages, name)).containsEntry("$ref", "#/components/messages/" + name);
        assertThat(message).containsEntry("name", type.wireName());
        assertThat(FILE.resolveSibling(schema))
                .content()
                .isEqualTo(EventSchema.of(type).text());
        assertThat(key).startsWith(Topic.of(type).isKeyedByDatabase() ? "The database" : "database/runId/check");
    }

    /** The jar's copy lies beside the schemas and names them from there. */
    @Test
    void isPublishedInTheJar() throws IOException {
        try (InputStream published = EventType.class.getResourceAsStream("/dev/allclear/schema/asyncapi.yaml")) {
            assertThat(published).isNotNull();
            assertThat(new String(published.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(text.replace("../common/src/main/resources/dev/allclear/schema/", ""));
        }
    }

    @Test
    void refersOnlyToWhatIsThere() {
        List<String> references = Pattern.compile("\\$ref: '#/([^']+)'")
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(references).hasSizeGreaterThan(20);
        for (String reference : references) {
            Map<String, Object> at = document;
            for (String step : reference.split("/")) {
                at = map(at, step);
            }
        }
        assertThat(new TreeSet<>(map(map(document, "components"), "messages").keySet()))
                .hasSize(EventType.values().length);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> in, String key) {
        assertThat(in).containsKey(key);
        return (Map<String, Object>) in.get(key);
    }
}
