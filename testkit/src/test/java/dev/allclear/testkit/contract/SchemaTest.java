package dev.allclear.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.codec.UndecodableEvent;
import dev.allclear.event.EventType;
import dev.allclear.testkit.EventSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas say what the Java types say: the same fields, the same of them required, the same values refused. */
final class SchemaTest {
    /** Tried in place of every field. {@code null} and {@code 1.0} are not among them: see docs/events.md. */
    private static final List<Object> VALUES = List.of(
            "",
            " ",
            "x y/!",
            "status",
            "acme.naming",
            "a.b.c",
            "x".repeat(41),
            "2m",
            "2 h",
            "PT2M",
            "P1DT2H",
            "PT",
            "-PT5M",
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00.123+02:00",
            "2026-13-31T12:00:00Z",
            "1969-01-31T12:00:00Z",
            "FAILED",
            "PASSED",
            "PASS",
            "ERROR",
            "failed",
            0,
            -1,
            1L << 31,
            10_000_000_000_000_000L,
            1.5,
            true,
            List.of(),
            List.of("x y/!"),
            List.of("status"),
            List.of(1),
            List.of(1L << 31),
            List.of(Map.of()),
            List.of(List.of()),
            Map.of(),
            Map.of("key", "text"),
            Map.of("key", 1));

    static Stream<String> examples() {
        return Stream.concat(
                Arrays.stream(EventType.values()).map(EventSchema::nameOf), Stream.of("baseline.captured.failed"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void acceptsEveryExample(String example) {
        EventType type = EventType.ofWireName("dev.allclear." + example.replace(".failed", "") + ".v1")
                .orElseThrow();

        List<String> mistakes = EventSchema.of(type).mistakes(EventSchema.example(example));

        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hasTheFieldsOfTheRecords_andNoOthers(EventType type) {
        EventSchema schema = EventSchema.of(type);
        Map<String, Object> specimen = Specimen.payloadOf(type);

        SchemaTree tree = new SchemaTree(schema.text());

        assertThat(tree.fieldsOf(specimen)).isEqualTo(tree.properties());
        assertThat(schema.mistakes(Json.write(specimen))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void requiresWhatReadersRequire_andNothingElse(EventType type) {
        EventSchema schema = EventSchema.of(type);
        Map<String, Object> specimen = Specimen.payloadOf(type);
        List<String> differences = new ArrayList<>();
        for (String field : new SchemaTree(schema.text()).properties()) {
            compare(type, schema, SchemaTree.with(specimen, field, List.of()), "without " + field, differences);
        }

        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatReadersRefuse_andNothingElse(EventType type) {
        EventSchema schema = EventSchema.of(type);
        Map<String, Object> specimen = Specimen.payloadOf(type);
        List<String> differences = new ArrayList<>();
        int refused = 0;
        for (String field : new SchemaTree(schema.text()).properties()) {
            for (Object value : VALUES) {
                Map<String, Object> mutant = SchemaTree.with(specimen, field, List.of(value));
                refused += compare(type, schema, mutant, field + " = " + Json.write(Map.of("", value)), differences)
                        ? 0
                        : 1;
            }
        }

        assertThat(differences).isEmpty();
        assertThat(refused).as("refused mutants").isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsFieldsOfLaterVersions(EventType type) {
        Map<String, Object> later = SchemaTree.with(Specimen.payloadOf(type), "later", List.of(Map.of("a", 1)));

        List<String> mistakes = EventSchema.of(type).mistakes(Json.write(later));

        assertThat(mistakes).isEmpty();
    }

    /** Whether the schema accepts the payload; notes where readers see it differently. */
    private static boolean compare(
            EventType type, EventSchema schema, Map<String, Object> payload, String what, List<String> differences) {
        List<String> mistakes = schema.mistakes(Json.write(payload));
        String reader = "";
        try {
            EventJson.read(type, Json.write(payload).getBytes(StandardCharsets.UTF_8));
        } catch (UndecodableEvent refused) {
            reader = refused.reason();
        }
        if (mistakes.isEmpty() != reader.isEmpty()) {
            differences.add(what + ": schema " + mistakes + ", reader " + reader);
        }
        return mistakes.isEmpty();
    }
}
