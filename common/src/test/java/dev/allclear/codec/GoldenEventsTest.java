package dev.allclear.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples beside the schemas are the contract as other languages see it; they may grow, never change. */
class GoldenEventsTest {
    static List<String> files() {
        return Stream.concat(
                        Arrays.stream(EventType.values()).map(GoldenEventsTest::shortName),
                        Stream.of("baseline.captured.failed"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReadAndWrittenWithoutLoss(String file) throws Exception {
        byte[] golden = golden(file);

        AllclearEvent event = EventJson.read(typeOf(file), golden);

        assertThat(Json.parse(EventJson.write(event))).isEqualTo(Json.parse(golden));
        assertThat(Json.parse(EventJson.write(event)).keySet())
                .as("order of fields")
                .containsExactlyElementsOf(Json.parse(golden).keySet());
        assertThat(EventJson.read(typeOf(file), EventJson.write(event))).isEqualTo(event);
        assertThat(event.type()).isEqualTo(typeOf(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void ignoresFieldsOfLaterVersions(String file) throws Exception {
        byte[] golden = golden(file);
        String later = new String(golden, StandardCharsets.UTF_8).replaceFirst("\\{", "{\"later\": [{\"a\": null}], ");

        AllclearEvent event = EventJson.read(typeOf(file), later.getBytes(StandardCharsets.UTF_8));

        assertThat(event).isEqualTo(EventJson.read(typeOf(file), golden));
    }

    @Test
    void idsStayTheSameOverVersions() throws Exception {
        assertThat(EventJson.idOf(EventJson.read(EventType.MIGRATION_STARTED, golden("migration.started"))))
                .isEqualTo("8ae0a668-9172-55e1-b310-b40a2d044c75");
        assertThat(EventJson.idOf(EventJson.read(EventType.CHECK_COMPLETED, golden("check.completed"))))
                .isEqualTo("e1c102e8-9675-542b-909e-259ef595cab3");
    }

    /** The DNS example of RFC 9562, appendix A.4. */
    @Test
    void idsAreVersion5Uuids() {
        assertThat(NameUuid.of(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    private static String shortName(EventType type) {
        return type.wireName().replaceAll("^dev\\.allclear\\.|\\.v1$", "");
    }

    private static EventType typeOf(String file) {
        return EventType.ofWireName("dev.allclear." + file.replace(".failed", "") + ".v1")
                .orElseThrow();
    }

    static byte[] golden(String file) throws IOException {
        try (InputStream in =
                GoldenEventsTest.class.getResourceAsStream("/dev/allclear/schema/v1/examples/" + file + ".json")) {
            return in.readAllBytes();
        }
    }
}
