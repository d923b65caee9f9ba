package dev.allclear.model;

import java.util.regex.Pattern;

/** A stable name for a kind of finding, {@code area.what-was-found}; its page is {@code docs/findings/<code>.md}. */
public record FindingCode(String value) implements Comparable<FindingCode> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*){1,2}");
    private static final int LONGEST = 80;

    public FindingCode {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "finding code \"" + Excerpt.of(value) + "\" must match " + FORM.pattern());
        }
    }

    @Override
    public int compareTo(FindingCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
