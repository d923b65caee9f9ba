package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.Mistakes;
import dev.allclear.config.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencySettingsTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void readsQueriesWithTheirParameterSets() {
        LatencySettings settings = read(Map.of(
                "top",
                5,
                "queries",
                List.of(Map.of(
                        "name",
                        "orders",
                        "sql",
                        "select * from orders where customer_id = $1",
                        "parameters",
                        List.of(List.of(42), Arrays.asList((Object) null))))));

        assertThat(mistakes.found()).isEmpty();
        assertThat(settings.top()).isEqualTo(5);
        assertThat(settings.queries())
                .containsExactly(new LatencyQuery(
                        "orders",
                        "select * from orders where customer_id = $1",
                        List.of(List.of(Optional.of("42")), List.of(Optional.empty()))));
    }

    @Test
    void asksForNothing_whenNothingIsConfigured() {
        LatencySettings settings = read(Map.of());

        assertThat(settings).isEqualTo(new LatencySettings(List.of(), 0));
        assertThat(mistakes.found()).isEmpty();
    }

    @Test
    void namesEveryMistakeAtOnce() {
        read(Map.of(
                "top",
                "many",
                "limit",
                3,
                "queries",
                List.of(
                        Map.of("sql", "select 1"),
                        Map.of("name", "a", "sql", "select $1"),
                        Map.of("name", "b", "sql", "select $1", "parameters", List.of(List.of(1, 2))),
                        Map.of("name", "c", "sql", "select 1", "parameters", List.of(7)),
                        Map.of("name", "d", "sql", "select 1"),
                        Map.of("name", "d", "sql", "select 1"))));

        assertThat(mistakes.found())
                .anyMatch(mistake -> mistake.startsWith("top: "))
                .anyMatch(mistake -> mistake.startsWith("limit: "))
                .anyMatch(mistake -> mistake.startsWith("queries[0].name: is required"))
                .anyMatch(mistake -> mistake.startsWith("queries[1].parameters: is required"))
                .anyMatch(mistake -> mistake.contains("has a set of 2 values, but the query needs 1"))
                .anyMatch(mistake -> mistake.startsWith("queries[3].parameters: must be a list of lists"))
                .anyMatch(mistake -> mistake.contains("is the name of another query"));
    }

    @Test
    void neverPrintsParameters() {
        LatencyQuery query = new LatencyQuery("q", "select $1", List.of(List.of(Optional.of("secret"))));

        assertThat(new LatencySettings(List.of(query), 0).toString()).doesNotContain("secret");
    }

    private LatencySettings read(Map<String, Object> values) {
        return LatencySettings.read(Section.of(values, Map.of(), mistakes));
    }
}
