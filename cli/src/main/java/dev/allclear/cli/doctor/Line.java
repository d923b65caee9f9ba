package dev.allclear.cli.doctor;

import java.util.List;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param subject such as {@code database shop}
 * @param remedies SQL or commands to paste, one a line; empty where there is nothing to mend or nobody can say how
 */
public record Line(State state, String subject, String message, List<String> remedies) {
    private static final int SUBJECT = 22;

    /** How it stands. */
    public enum State {
        OK,
        /** Works, with less than could be. */
        WARN,
        /** Needed and not there. */
        MISSING
    }

    public Line {
        remedies = List.copyOf(remedies);
    }

    static Line ok(String subject, String message) {
        return new Line(State.OK, subject, message, List.of());
    }

    static Line warn(String subject, String message, String... remedies) {
        return new Line(State.WARN, subject, message, List.of(remedies));
    }

    static Line missing(String subject, String message, String... remedies) {
        return new Line(State.MISSING, subject, message, List.of(remedies));
    }

    /** On one screen line, remedies below it. What others wrote is shown without control characters. */
    public String text() {
        StringBuilder out = new StringBuilder(String.format(
                "%-8s %-" + SUBJECT + "s %s", state.name().toLowerCase(Locale.ROOT), plain(subject), plain(message)));
        remedies.forEach(remedy -> out.append("\n           ").append(plain(remedy)));
        return out.toString();
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
