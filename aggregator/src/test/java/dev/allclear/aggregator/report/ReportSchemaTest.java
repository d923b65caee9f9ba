package dev.allclear.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema says what a report is: no report breaks it, it knows every field of every report, and what is no report breaks it. */
final class ReportSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path FILE = Path.of("..", "docs", "report.schema.json");

    private final JsonNode source = read(FILE);
    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(source);

    static Stream<RunReport> reports() {
        return Stream.concat(
                Stream.of(SampleReports.good(), SampleReports.bad(), SampleReports.unproven()),
                HostileReports.ATTACKS.stream().map(HostileReports::of));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void noReportBreaksIt(RunReport report) throws IOException {
        JsonNode json = MAPPER.readTree(JsonReport.of(report));

        assertThat(schema.validate(json)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void itKnowsEveryFieldOfAReport(RunReport report) throws IOException {
        List<String> unknown = new ArrayList<>();

        unknown(MAPPER.readTree(JsonReport.of(report)), source, "", unknown);

        assertThat(unknown).isEmpty();
    }

    @Test
    void itKnowsWhenItDoesNotKnowAField() throws IOException {
        ObjectNode report = bad();
        ((ObjectNode) report.at("/checks/0/findings/0")).put("colour", "red");
        List<String> unknown = new ArrayList<>();

        unknown(report, source, "", unknown);

        assertThat(unknown).containsExactly("/checks/findings/colour");
    }

    static Stream<Consumer<ObjectNode>> mistakes() {
        return Stream.of(
                report -> report.remove("decision"),
                report -> report.put("decision", "PERHAPS"),
                report -> report.put("decision", "PASS").putArray("missing").add("logs"),
                report -> report.put("final", "yes"),
                report -> report.put("revision", 0),
                report -> report.put("decidedAt", "yesterday"),
                report -> report.put("runId", "../../etc/passwd"),
                report -> report.put("recommendation", "PANIC"),
                report -> report.putArray("missing").add("Not A Check"),
                report -> ((ObjectNode) report.at("/checks/0")).remove("outcome"),
                report -> ((ObjectNode) report.at("/checks/0")).putArray("findings"),
                report -> ((ObjectNode) report.at("/checks/0/findings/0")).put("severity", "FATAL"),
                report -> ((ObjectNode) report.at("/checks/0/findings/0")).put("message", ""),
                report -> ((ObjectNode) report.at("/checks/0/findings/0")).put("remedy", 7),
                report -> ((ObjectNode) report.at("/checks/0/cost")).put("queries", -1),
                report -> ((ObjectNode) report.at("/diagnosis/0")).remove("cause"));
    }

    @Test
    void whatIsNoReportBreaksIt() {
        List<Consumer<ObjectNode>> mistakes = mistakes().toList();

        List<Integer> unnoticed = IntStream.range(0, mistakes.size())
                .filter(i -> {
                    ObjectNode report = bad();
                    mistakes.get(i).accept(report);
                    Set<ValidationMessage> told = schema.validate(report);
                    return told.isEmpty();
                })
                .boxed()
                .toList();

        assertThat(schema.validate(bad())).isEmpty();
        assertThat(unnoticed)
                .as("mistakes, by position, that the schema lets pass")
                .isEmpty();
    }

    /** All files of hostile reports stay in {@code target/hostile}, for a look with a browser: see docs/report.md. */
    @Test
    void aWrittenReportKeepsToIt() throws IOException {
        for (int i = 0; i < HostileReports.ATTACKS.size(); i++) {
            Path directory = Path.of("target", "hostile", String.valueOf(i));

            ReportFiles.write(HostileReports.of(HostileReports.ATTACKS.get(i)), directory);

            assertThat(schema.validate(read(directory.resolve("report.json")))).isEmpty();
        }
    }

    private static ObjectNode bad() {
        try {
            return (ObjectNode) MAPPER.readTree(JsonReport.of(SampleReports.bad()));
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    /** Fields without a place in the schema; what the schema leaves open (measurements, evidence) is not looked into. */
    private void unknown(JsonNode value, JsonNode where, String path, List<String> into) {
        JsonNode place =
                where.has("$ref") ? source.at(where.get("$ref").asText().substring(1)) : where;
        if (value.isArray()) {
            value.forEach(item -> unknown(item, place.path("items"), path, into));
        } else if (value.isObject() && place.has("properties")) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (place.get("properties").has(field.getKey())) {
                    unknown(
                            field.getValue(),
                            place.get("properties").get(field.getKey()),
                            path + "/" + field.getKey(),
                            into);
                } else {
                    into.add(path + "/" + field.getKey());
                }
            }
        }
    }
}
