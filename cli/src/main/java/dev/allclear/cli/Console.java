package dev.allclear.cli;

import java.time.Clock;

/** What the terminal can show: colour only on a terminal and only where {@code NO_COLOR} is not set. */
final class Console {
    private Console() {}

    static boolean hasColour() {
        return System.console() != null && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }

    static Progress progress(Clock clock) {
        return new Progress(System.err, hasColour(), clock);
    }
}
