package dev.allclear.model;

import java.util.regex.Pattern;

/** Identifies one attempt at a migration; a retry gets a new one. 1 to 36 characters of {@code [A-Za-z0-9._-]}, not starting with punctuation. */
public record RunId(String value) implements Comparable<RunId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,35}");

    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("runId \"" + Excerpt.of(value) + "\" must match " + FORM.pattern());
        }
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
