package dev.allclear.cli.progress;

import java.io.PrintStream;
import java.util.List;

/**
 * A few lines at the end of what a terminal shows, drawn anew in their place. The cursor is never hidden and always stands at the
 * beginning of the line below, so that a process that is killed leaves a terminal that needs no repair. Not thread-safe.
 */
final class Screen {
    private static final String ESC = "\u001b[";
    private static final String ERASE_REST_OF_LINE = ESC + "K";
    private static final String ERASE_BELOW = ESC + "J";
    private static final String NO_WRAP = ESC + "?7l";
    private static final String WRAP = ESC + "?7h";

    private final PrintStream terminal;
    private int drawn;

    Screen(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Draws these lines in place of the last ones; no more than fit above the cursor's line. */
    void draw(List<String> lines, int height) {
        StringBuilder text = new StringBuilder(NO_WRAP).append(up());
        List<String> fitting = lines.subList(0, Math.min(lines.size(), Math.max(1, height - 1)));
        fitting.forEach(line -> text.append(line).append(ERASE_REST_OF_LINE).append("\r\n"));
        // one write: what is written in pieces flickers
        terminal.print(text.append(ERASE_BELOW).append(WRAP));
        terminal.flush();
        drawn = fitting.size();
    }

    /** Leaves nothing of them. */
    void erase() {
        if (drawn > 0) {
            terminal.print(up() + ERASE_BELOW);
            terminal.flush();
            drawn = 0;
        }
    }

    private String up() {
        return drawn > 0 ? "\r" + ESC + drawn + "A" : "";
    }
}
