package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import dev.allclear.codec.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use says of a file what the check says of it. */
final class ExpectationSchemaTest {
    private static final Path DOCS = Path.of("..", "docs");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ table: t, filled: a }",
                "{ table: t, rows: unchanged }",
                "{ table: t, rows: 0 }",
                "{ table: t, rows: { min: 3 } }",
                "{ table: t, rows: { max: 3 } }",
                "{ table: t, rows: { change: -3 } }",
                "{ table: t, rows: unchanged, tolerance: 3 }",
                "{ table: t, rows: unchanged, tolerance: 0.5% }",
                "{ table: t, rows: unchanged, tolerance: 100% }",
                "{ table: t, where: { column: a, equals: true }, rows: 3 }",
                "{ table: t, where: { column: a, equals: 1.5 }, rows: 3 }",
                "{ table: t, unique: [a, b] }",
                "{ table: t, unique: a }",
                "{ conserved: { from: [a], to: [a, b] } }",
                "{ conserved: { from: a, to: b }, tolerance: 1% }",
                "{ table: '', filled: a }",
                "{ table: t }",
                "{ table: t, filled: a, rows: 1 }",
                "{ table: t, filled: [a] }",
                "{ table: t, filled: a, tolerance: 1 }",
                "{ table: t, filled: a, where: { column: a, equals: 1 } }",
                "{ table: t, rows: -1 }",
                "{ table: t, rows: 1.5 }",
                "{ table: t, rows: many }",
                "{ table: t, rows: {} }",
                "{ table: t, rows: { change: 1, min: 2 } }",
                "{ table: t, rows: { change: 1.5 } }",
                "{ table: t, rows: 99999999999999999999 }",
                "{ table: t, rows: 1, tolerance: -1 }",
                "{ table: t, rows: 1, tolerance: 101% }",
                "{ table: t, rows: 1, tolerance: some }",
                "{ table: t, rows: 1, where: { column: a } }",
                "{ table: t, rows: 1, where: { column: a, equals: [1] } }",
                "{ table: t, rows: 1, oops: 1 }",
                "{ table: t, unique: [] }",
                "{ table: t, unique: [a, a] }",
                "{ table: t, unique: [a, 1] }",
                "{ table: t, conserved: { from: [a], to: [b] } }",
                "{ conserved: { from: [a] } }",
                "{ conserved: [a] }",
                "{}"
            })
    void agreesWithTheCheck(String expectation) throws IOException {
        List<Map<String, Object>> file = Yaml.list("- " + expectation);

        boolean accepted = schema().accepts(file);

        assertThat(accepted).isEqualTo(Expectations.parse(file).unreadable().isEmpty());
    }

    @Test
    void acceptsWhatTheDocumentationShows() throws IOException {
        String page = Files.readString(DOCS.resolve("configuration.md"));
        String example = page.substring(page.indexOf("## Row expectations"));
        example = example.substring(example.indexOf("```yaml\n") + 8);
        List<Map<String, Object>> file = Yaml.list(example.substring(0, example.indexOf("```")));

        assertThat(file).hasSizeGreaterThan(8);
        assertThat(schema().accepts(file)).isTrue();
        assertThat(Expectations.parse(file).unreadable()).isEmpty();
    }

    private static SchemaSubset schema() throws IOException {
        return new SchemaSubset(Json.parse(Files.readString(DOCS.resolve("expectations.schema.json"))));
    }
}
