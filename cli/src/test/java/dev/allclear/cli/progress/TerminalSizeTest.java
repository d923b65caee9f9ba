package dev.allclear.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TerminalSizeTest {
    @Test
    void readsLinesAndColumnsInTheOrderOfStty() {
        assertThat(TerminalSize.parse("40 132\n")).contains(new TerminalSize(132, 40));
    }

    @Test
    void knowsNothing_whereTheTerminalDoesNot() {
        assertThat(TerminalSize.parse("0 0\n")).isEmpty();
        assertThat(TerminalSize.parse("stty: not a tty")).isEmpty();
    }
}
