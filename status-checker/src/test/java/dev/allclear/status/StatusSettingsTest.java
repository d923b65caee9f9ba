package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.Mistakes;
import dev.allclear.config.Section;
import dev.allclear.status.StatusSettings.NamedTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusSettingsTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void settlesFiveSecondsAndFindsTables_unlessToldOtherwise() {
        assertThat(read(Map.of())).isEqualTo(new StatusSettings(Duration.ofSeconds(5), List.of()));
        assertThat(mistakes.found()).isEmpty();
    }

    @Test
    void readsEveryValue() {
        StatusSettings settings = read(Map.of(
                "settle", "250ms", "tables", List.of(Map.of("tool", "flyway", "schema", "Ops", "table", "History"))));

        assertThat(settings)
                .isEqualTo(new StatusSettings(
                        Duration.ofMillis(250), List.of(new NamedTable("flyway", "Ops", "History"))));
        assertThat(mistakes.found()).isEmpty();
    }

    @Test
    void namesEveryMistakeAtOnce() {
        read(Map.of("settle", "1h", "tabels", "x", "tables", List.of(Map.of("tool", "oracle", "schema", "s"))));

        assertThat(mistakes.found())
                .hasSize(4)
                .anyMatch(mistake -> mistake.startsWith("settle"))
                .anyMatch(mistake -> mistake.startsWith("tabels"))
                .anyMatch(mistake -> mistake.startsWith("tables[0].tool") && mistake.contains("golang-migrate"))
                .anyMatch(mistake -> mistake.startsWith("tables[0].table"));
    }

    private StatusSettings read(Map<String, Object> values) {
        return StatusSettings.read(Section.of(values, Map.of(), mistakes));
    }
}
