package dev.allclear.log;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;

/**
 * One line of {@code rules.txt}: a literal that must occur and a pattern that confirms it and names the object.
 *
 * @param needs without which it does not count
 * @param tableFirst whether the pattern names the table before the object that belongs to it
 */
record Rule(ErrorKind kind, Needs needs, String literal, Pattern pattern, boolean tableFirst) {
    private static final String INSIDE_QUOTES = "[\"'`«»„“”] ?([^\"'`«»„“”]{1,130}?) ?[\"'`«»„“”]";
    /** Each of these has two groups, of which one holds the name. */
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "{name}", "(?:" + INSIDE_QUOTES + "|([\\p{L}\\p{N}_$.]+))",
            "{table}", "(?:" + INSIDE_QUOTES + "|([\\p{L}\\p{N}_$.]+))",
            "{quoted}", "(?:" + INSIDE_QUOTES + "())",
            "{column}", "(?:" + INSIDE_QUOTES + "|([\\p{L}\\p{N}_$]+\\.[\\p{L}\\p{N}_$.]+))");

    private static final int REACH_BACK = 320;
    private static final int REACH_ON = 500;
    private static final int MOST_TRIES = 2;

    /** What must stand in the text besides. */
    enum Needs {
        NOTHING,
        /** A sign that it comes from PostgreSQL or one of its drivers. */
        MARK,
        /** A severity as the server prints it. */
        SERVER
    }

    /** What a rule found: where its sentence begins, and the object it names. */
    record Hit(Rule rule, int start, String object) {}

    /**
     * {@code {name}} stands for an identifier, quoted or bare; the first is the object, the second the table it belongs to, unless
     * that comes first as {@code {table}}. {@code {quoted}} is only a quoted one, {@code {column}} a quoted one or one with a dot.
     */
    static Rule of(ErrorKind kind, Needs needs, String literal, String pattern) {
        boolean tableFirst = pattern.contains("{table}");
        String expanded = pattern;
        for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
            expanded = expanded.replace(placeholder.getKey(), placeholder.getValue());
        }
        return new Rule(kind, needs, literal, Pattern.compile("(?i)" + expanded), tableFirst);
    }

    /**
     * Looks around the literal only, so that a long text costs no more than a short one.
     *
     * @param lower the text in lower case, of the same length
     */
    Optional<Hit> in(String text, String lower) {
        int at = lower.indexOf(literal);
        for (int tries = 0; at >= 0 && tries < MOST_TRIES; tries++) {
            int from = Math.max(0, at - REACH_BACK);
            int to = Math.min(text.length(), at + literal.length() + REACH_ON);
            Matcher matcher = pattern.matcher(text.substring(from, to));
            if (matcher.find()) {
                return Optional.of(new Hit(this, from + matcher.start(), object(matcher)));
            }
            at = lower.indexOf(literal, at + literal.length());
        }
        return Optional.empty();
    }

    private String object(Matcher matcher) {
        String object = name(matcher, tableFirst ? 3 : 1);
        String table = name(matcher, tableFirst ? 1 : 3);
        boolean isWhole = table.isEmpty() || object.isEmpty() || object.startsWith(table + ".");
        return isWhole ? object : table + "." + object;
    }

    private static String name(Matcher matcher, int group) {
        for (int i = group; i <= Math.min(group + 1, matcher.groupCount()); i++) {
            String text = matcher.group(i);
            if (text != null) {
                boolean endsSentence = i > group && text.endsWith(".");
                return endsSentence ? text.substring(0, text.length() - 1) : text;
            }
        }
        return "";
    }
}
