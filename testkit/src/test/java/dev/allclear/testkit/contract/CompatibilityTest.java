package dev.allclear.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import dev.allclear.event.EventType;
import dev.allclear.testkit.EventSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Within {@code v1} optional fields are added and nothing else. {@code released/} has the schemas of the last release; making a
 * release copies the present ones there.
 */
final class CompatibilityTest {
    @ParameterizedTest
    @EnumSource
    void onlyAddsToTheLastRelease(EventType type) throws IOException {
        Map<String, Object> released = released(type);

        Map<String, Object> now = Json.parse(EventSchema.of(type).text());

        assertThat(SchemaChange.between(released, now)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a field is gone             | `\"activity\": {`      | `\"doing\": {`",
                "a type changed              | `\"type\": \"string\"` | `\"type\": \"integer\"`",
                "a pattern changed           | `{0,35}`               | `{0,30}`",
                "a field more is required    | `\"startedAt\"\n  ]`   | `\"startedAt\", \"activity\"\n  ]`",
                "a field less is required    | `\"check\",\n`         | ``",
                "a limit is gone             | `\"maxLength\": 40,`   | ``",
            })
    void bites_when(String what, String from, String to) throws IOException {
        String now = EventSchema.of(EventType.CHECK_STARTED).text().replace(from, to);

        assertThat(now)
                .as(what)
                .isNotEqualTo(EventSchema.of(EventType.CHECK_STARTED).text());
        assertThat(SchemaChange.between(released(EventType.CHECK_STARTED), Json.parse(now)))
                .isNotEmpty();
    }

    @Test
    void allowsNewFieldsAndOtherWords() throws IOException {
        String now = EventSchema.of(EventType.CHECK_STARTED)
                .text()
                .replace("\"properties\": {", "\"properties\": {\"newer\": {\"type\": \"string\"},")
                .replace("A check has begun to look", "In other words");

        assertThat(now).contains("newer", "In other words");
        assertThat(SchemaChange.between(released(EventType.CHECK_STARTED), Json.parse(now)))
                .isEmpty();
    }

    private static Map<String, Object> released(EventType type) throws IOException {
        String file = "/released/v1/" + EventSchema.nameOf(type) + ".json";
        try (InputStream in = CompatibilityTest.class.getResourceAsStream(file)) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
