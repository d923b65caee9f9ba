package dev.allclear.cli;

import java.time.Clock;

/** What the terminal can show: colour only on a terminal and only where {@code NO_COLOR} is not set. */
final class Console {
    private Console() {}

    static boolean hasColour() {
        String refused = System.getenv("NO_COLOR");
        return isTerminal() && (refused == null || refused.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** From JDK 22 on there is a console even where no terminal is, and it can be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(
                    java.io.Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    static Progress progress(Clock clock) {
        return new Progress(System.err, hasColour(), clock);
    }
}
