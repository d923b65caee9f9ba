package dev.allclear.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(sent, true, StandardCharsets.UTF_8);
    private final Screen screen = new Screen(terminal);

    @Test
    void drawsAnewInItsPlace_alsoWithFewerLines() {
        terminal.print("$ allclear\r\n");

        screen.draw(List.of("one", "two", "three"), 24);
        screen.draw(List.of("a longer one", "2"), 24);

        assertThat(seen(40, 24).text()).isEqualTo("$ allclear\na longer one\n2");
    }

    @Test
    void leavesNothing_whenItIsErased() {
        terminal.print("$ allclear\r\n");
        screen.draw(List.of("one", "two"), 24);

        screen.erase();
        screen.erase();
        terminal.print("the report\r\n");

        VirtualTerminal seen = seen(40, 24);
        assertThat(seen.text()).isEqualTo("$ allclear\nthe report");
        assertThat(seen.isAtTheBeginningOfALine()).isTrue();
        assertThat(seen.wraps()).isTrue();
    }

    @Test
    void staysWhole_whereTheTerminalHasLessRoom() {
        terminal.print("$ allclear\r\n");
        for (int seconds = 0; seconds < 10; seconds++) {
            screen.draw(List.of("a line that is longer than twenty columns " + seconds, "2", "3", "4", "5", "6"), 4);
        }
        screen.erase();

        assertThat(seen(20, 4).text()).isEqualTo("$ allclear");
    }

    private VirtualTerminal seen(int columns, int lines) {
        return new VirtualTerminal(columns, lines).feed(sent.toString(StandardCharsets.UTF_8));
    }
}
