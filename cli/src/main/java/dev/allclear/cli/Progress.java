package dev.allclear.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Tells on standard error what is going on, one plain line each, coloured only on a terminal. Thread-safe. */
final class Progress {
    /** Control characters, line ends, and what turns the direction of writing. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private final PrintStream err;
    private final boolean colour;
    private final Instant begun;
    private final java.time.Clock clock;

    Progress(PrintStream err, boolean colour, java.time.Clock clock) {
        this.err = err;
        this.colour = colour;
        this.clock = clock;
        this.begun = clock.instant();
    }

    void headline(String text) {
        print("\n" + paint("1", plain(text)));
    }

    void step(String text) {
        print(paint("2", stamp()) + " " + plain(text));
    }

    void good(String text) {
        print(paint("2", stamp()) + " " + paint("32", plain(text)));
    }

    void bad(String text) {
        print(paint("2", stamp()) + " " + paint("31", plain(text)));
    }

    void warn(String text) {
        print(paint("2", stamp()) + " " + paint("33", plain(text)));
    }

    /** What others wrote (a summary, a reason) comes from events, and must not move the cursor or look like a line of ours. */
    static String plain(String text) {
        return UNSAFE.matcher(text).replaceAll(" ");
    }

    private String stamp() {
        Duration since = Duration.between(begun, clock.instant());
        return String.format("[%5.1fs]", since.toMillis() / 1000.0);
    }

    private synchronized void print(String line) {
        err.println(line);
        err.flush();
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
