package dev.allclear.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlTest {
    @Test
    void refusesASecondDocument_sinceNobodyWouldReadIt() {
        assertThatThrownBy(() -> Yaml.list("- { table: orders, rows: 1 }\n---\n- { table: plans, rows: 3 }\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("second document");
        assertThatThrownBy(() -> Yaml.map("a: 1\n---\nb: 2\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("second document");
    }

    @Test
    void readsOneDocument_withItsMarks() {
        assertThat(Yaml.map("---\na: 1\n...\n")).isEqualTo(Map.of("a", 1));
        assertThat(Yaml.map("# nothing\n")).isEmpty();
    }
}
