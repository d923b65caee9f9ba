package dev.allclear.cli;

import java.time.Clock;

/** What the terminal can show: colour only on a terminal and only where {@code NO_COLOR} is not set. */
final class Console {
    private Console() {}

    static boolean hasColour() {
        return isTerminal() && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }

    /** From JDK 22 on there is a console without a terminal too, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJdk) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    static Progress progress(Clock clock) {
        return new Progress(System.err, hasColour(), clock);
    }
}
