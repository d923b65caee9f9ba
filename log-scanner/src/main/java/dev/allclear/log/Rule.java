package dev.allclear.log;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * One line of {@code rules.txt}: a literal that must occur and a pattern that confirms it and names the object.
 *
 * @param needsMark whether the text counts only beside a sign that it comes from PostgreSQL or one of its drivers
 */
record Rule(ErrorKind kind, boolean needsMark, String literal, Pattern pattern) {
    private static final String NAME = "(?:[\"`«»„“”]([^\"`«»„“”]{1,130})[\"`«»„“”]|([\\p{L}\\p{N}_$.]+))";

    /** What a rule found: where its sentence begins, and the object it names. */
    record Hit(Rule rule, int start, String object) {}

    /** {@code {name}} stands for an identifier, quoted or bare; the first is the object, the second the table it belongs to. */
    static Rule of(ErrorKind kind, boolean needsMark, String literal, String pattern) {
        return new Rule(kind, needsMark, literal, Pattern.compile("(?i)" + pattern.replace("{name}", NAME)));
    }

    Optional<Hit> in(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String object = name(matcher, 1);
        String table = name(matcher, 3);
        if (!table.isEmpty() && !object.startsWith(table + ".")) {
            object = table + "." + object;
        }
        return Optional.of(new Hit(this, matcher.start(), object));
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
