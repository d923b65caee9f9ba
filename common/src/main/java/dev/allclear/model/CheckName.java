package dev.allclear.model;

import java.util.List;
import java.util.regex.Pattern;

/** Names a check: one of the five built-in ones, or {@code team.check} (at most 40 characters) for a team's own. */
public record CheckName(String value) implements Comparable<CheckName> {
    private static final Pattern FORM =
            Pattern.compile("status|latency|locks|rows|logs|[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*");
    private static final int LONGEST = 40;

    public static final CheckName STATUS = new CheckName("status");
    public static final CheckName LATENCY = new CheckName("latency");
    public static final CheckName LOCKS = new CheckName("locks");
    public static final CheckName ROWS = new CheckName("rows");
    public static final CheckName LOGS = new CheckName("logs");

    public CheckName {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "check \"" + Excerpt.of(value)
                            + "\" must be one of status, latency, locks, rows, logs or a team's own as team.check (at most 40 characters)");
        }
    }

    /** The five built-in checks in the order in which people ask about them. */
    public static List<CheckName> builtIn() {
        return List.of(STATUS, LATENCY, LOCKS, ROWS, LOGS);
    }

    /** Built-in checks first, in the order in which people ask; then teams' own by name. */
    @Override
    public int compareTo(CheckName other) {
        int byRank = Integer.compare(rank(), other.rank());
        return byRank != 0 ? byRank : value.compareTo(other.value);
    }

    private int rank() {
        return switch (value) {
            case "status" -> 0;
            case "latency" -> 1;
            case "locks" -> 2;
            case "rows" -> 3;
            case "logs" -> 4;
            default -> 5;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
