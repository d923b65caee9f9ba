package dev.allclear.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Tells on standard error what is going on, one plain line each, coloured only on a terminal. Thread-safe. */
final class Progress {
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
        print("\n" + paint("1", text));
    }

    void step(String text) {
        print(paint("2", stamp()) + " " + text);
    }

    void good(String text) {
        print(paint("2", stamp()) + " " + paint("32", text));
    }

    void bad(String text) {
        print(paint("2", stamp()) + " " + paint("31", text));
    }

    void warn(String text) {
        print(paint("2", stamp()) + " " + paint("33", text));
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
