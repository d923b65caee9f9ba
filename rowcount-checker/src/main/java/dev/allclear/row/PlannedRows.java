package dev.allclear.row;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the number of rows that the planner expects, off the first line of what {@code EXPLAIN} prints. */
final class PlannedRows {
    private static final Pattern ROWS = Pattern.compile(" rows=(\\d{1,18}) width=\\d+\\)");

    private PlannedRows() {}

    static long of(String line) {
        Matcher matcher = ROWS.matcher(line);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no number of rows in the plan: " + line);
        }
        // A table's name is printed before it and may hold anything.
        String last = matcher.group(1);
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return Long.parseLong(last);
    }
}
