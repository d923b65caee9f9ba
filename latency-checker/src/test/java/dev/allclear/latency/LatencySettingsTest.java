package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.Mistakes;
import dev.allclear.config.Section;
import java.time.Duration;
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
                        Optional.empty(),
                        List.of(
                                new ParameterSet("0", List.of(Optional.of("42"))),
                                new ParameterSet("1", List.of(Optional.empty())))));
    }

    @Test
    void asksForNothing_whenNothingIsConfigured() {
        LatencySettings settings = read(Map.of());

        assertThat(settings).isEqualTo(LatencySettings.NOTHING_SAID);
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
    void readsParameterSetsByNameAndTheQueryOfTheNewRelease() {
        LatencySettings settings = read(Map.of(
                "watch",
                "20s",
                "queries",
                List.of(Map.of(
                        "name",
                        "orders",
                        "sql",
                        "select a from orders where id = $1",
                        "sql-after",
                        "select b from orders where id = $1",
                        "parameters",
                        List.of(List.of(42), Map.of("name", "rare", "values", List.of(7)))))));

        assertThat(mistakes.found()).isEmpty();
        assertThat(settings.watch()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.queriesAfterwards().get(0).sql()).isEqualTo("select b from orders where id = $1");
        assertThat(settings.queries().get(0).parameters())
                .extracting(ParameterSet::name)
                .containsExactly("0", "rare");
    }

    @Test
    void namesWhatIsWrongWithParameterSetsAndTimes() {
        read(Map.of(
                "watch",
                "2h",
                "rolling",
                "1s",
                "queries",
                List.of(
                        Map.of("name", "a", "sql", "select $1", "parameters", List.of(Map.of("rare", List.of(7)))),
                        Map.of("name", "b", "sql", "select $1", "parameters", List.of(named("x"), named("x"))),
                        Map.of(
                                "name",
                                "c",
                                "sql",
                                "select $1",
                                "sql-after",
                                "select 1",
                                "parameters",
                                List.of(List.of(1))))));

        assertThat(mistakes.found())
                .anyMatch(mistake -> mistake.startsWith("watch: must be from 0s to 30m"))
                .anyMatch(mistake -> mistake.startsWith("rolling: must be at least 1m"))
                .anyMatch(mistake -> mistake.startsWith("queries[0].parameters: a named set is"))
                .anyMatch(mistake -> mistake.contains("\"x\" is the name of another set already"))
                .anyMatch(mistake -> mistake.contains("has a set of 1 values, but sql-after needs 0"));
    }

    private static Map<String, Object> named(String name) {
        return Map.of("name", name, "values", List.of(1));
    }

    @Test
    void neverPrintsParameters() {
        LatencyQuery query = LatencyQuery.planned("q", "select $1");
        ParameterSet set = new ParameterSet("rare", List.of(Optional.of("secret")));

        assertThat(query + " " + set).doesNotContain("secret");
    }

    private LatencySettings read(Map<String, Object> values) {
        return LatencySettings.read(Section.of(values, Map.of(), mistakes));
    }
}
