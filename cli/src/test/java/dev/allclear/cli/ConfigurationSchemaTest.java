package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.allclear.aggregator.alert.AlertSettings;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.codec.Json;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The schema that editors use knows the keys that the code knows, all of them and no other; asked of the code itself. */
final class ConfigurationSchemaTest {
    private static final String NO_KEY = "no-such-key";
    private static final String KNOWN = NO_KEY + ": is not a known key; known here: ";
    private static final String KINDS = ": must be a map with exactly one key, the kind of target: ";

    private final Map<String, Object> schema = Json.parse(InitTemplate.schema());
    private final Map<String, Set<String>> objects = objects();

    @TestFactory
    Stream<DynamicTest> knowsTheSameKeysAsTheCode() {
        return objects.entrySet().stream()
                .map(object -> DynamicTest.dynamicTest(
                        object.getKey().isEmpty() ? "the root" : object.getKey(),
                        () -> assertThat(keysInCode(object.getKey())).isEqualTo(object.getValue())));
    }

    @Test
    void hasAllPartsOfTheConfiguration() {
        assertThat(objects.keySet())
                .contains("", "databases.shop.latency.queries[0]", "alerts[0].webhook", "waivers[0]")
                .hasSizeGreaterThan(20);
    }

    @Test
    void theDocumentedExampleIsRight() throws IOException {
        String page = Files.readString(Path.of("../docs/configuration.md"));
        String example = page.split("```yaml\n", 2)[1].split("```", 2)[0].replace("${file:/run/secrets/shop}", "x");
        Map<String, String> environment = Map.of("ES_KEY", "x", "SLACK_WEBHOOK", "https://hooks.example.com/x");

        AllclearConfig config = ConfigFile.parse(example, "example", environment);

        Policies.read(config);
        AlertSettings.read(config);
        assertThatCode(() -> Services.throwMistakes(config, Clock.systemUTC())).doesNotThrowAnyException();
    }

    /** What the code says when it meets a key that it does not know there. */
    private static Set<String> keysInCode(String path) {
        AllclearConfig config = ConfigFile.parse(yamlWithBadKeyAt(path), "test", Map.of());
        List<String> mistakes = List.of();
        try {
            Policies.read(config);
            AlertSettings.read(config);
            Services.throwMistakes(config, Clock.systemUTC());
        } catch (InvalidConfiguration wrong) {
            mistakes = wrong.mistakes();
        }
        String start = path.isEmpty() ? KNOWN : path + (path.equals("alerts[0]") ? KINDS : "." + KNOWN);
        return new TreeSet<>(mistakes.stream()
                .filter(mistake -> mistake.startsWith(start))
                .map(mistake -> List.of(mistake.substring(start.length()).split(", ")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was said of " + path)));
    }

    private static String yamlWithBadKeyAt(String path) {
        // a log source is read no further when it does not say which kind it is
        String yaml = "{ " + NO_KEY + ": 1" + (path.endsWith("logs[0]") ? ", file: x" : "") + " }";
        List<String> steps = path.isEmpty() ? List.of() : List.of(path.split("\\."));
        for (int i = steps.size() - 1; i >= 0; i--) {
            String step = steps.get(i);
            yaml = step.endsWith("[0]")
                    ? "{ " + step.replace("[0]", "") + ": [ " + yaml + " ] }"
                    : "{ " + step + ": " + yaml + " }";
        }
        return yaml;
    }

    /** By path, the keys of every object of the schema that admits no others. */
    private Map<String, Set<String>> objects() {
        Map<String, Set<String>> found = new TreeMap<>();
        collect("", schema, found);
        return found;
    }

    private void collect(String path, Map<String, Object> node, Map<String, Set<String>> found) {
        Map<String, Object> here = resolved(node);
        Map<String, Object> properties = map(here.get("properties"));
        if (Boolean.FALSE.equals(here.get("additionalProperties"))) {
            found.put(path, new TreeSet<>(properties.keySet()));
        }
        properties.forEach((key, value) -> collect(path.isEmpty() ? key : path + "." + key, map(value), found));
        if (here.get("additionalProperties") instanceof Map) {
            collect(path + ".shop", map(here.get("additionalProperties")), found);
        }
        if (here.get("items") instanceof Map) {
            collect(path + "[0]", map(here.get("items")), found);
        }
    }

    private Map<String, Object> resolved(Map<String, Object> node) {
        Object reference = node.get("$ref");
        return reference == null
                ? node
                : map(map(schema.get("$defs")).get(reference.toString().replace("#/$defs/", "")));
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        }
        return copy;
    }
}
