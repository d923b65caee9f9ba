package dev.allclear.model;

import java.util.regex.Pattern;

/** The alias under which the configuration knows a database. Events carry this name and never an address. */
public record DatabaseName(String value) implements Comparable<DatabaseName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public DatabaseName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("database \"" + Excerpt.of(value) + "\" must match " + FORM.pattern());
        }
    }

    @Override
    public int compareTo(DatabaseName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
