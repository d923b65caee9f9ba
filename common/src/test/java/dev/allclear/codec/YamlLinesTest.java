package dev.allclear.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class YamlLinesTest {
    private static final YamlLines LINES = YamlLines.of("""
            # expectations
            - { table: a,
                rows: 3 }

            - table: b
              where:
                column: c
                equals: [1,
                  2]
            """);

    @Test
    void knowsTheLineOfEveryKey() {
        assertThat(LINES.lineOf("[0]")).isEqualTo(2);
        assertThat(LINES.lineOf("[0].rows")).isEqualTo(3);
        assertThat(LINES.lineOf("[1].table")).isEqualTo(5);
        assertThat(LINES.lineOf("[1].where.equals")).isEqualTo(8);
        assertThat(LINES.lineOf("[1].where.equals[1]")).isEqualTo(9);
    }

    @Test
    void pointsAtWhatIsAround_whenAKeyIsNotWritten() {
        assertThat(LINES.lineOf("[1].where.oops")).isEqualTo(6);
        assertThat(LINES.lineOf("[1].tolerance")).isEqualTo(5);
        assertThat(LINES.lineOf("[7]")).isEqualTo(2);
        assertThat(YamlLines.of("").lineOf("[0].a")).isEqualTo(1);
    }
}
