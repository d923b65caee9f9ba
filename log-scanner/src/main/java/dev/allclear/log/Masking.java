package dev.allclear.log;

import com.google.re2j.Pattern;
import dev.allclear.model.Excerpt;

/** Makes a sentence of a log fit to repeat: statements, details and values go, names stay. */
final class Masking {
    private static final int LONGEST = 200;
    private static final Pattern TAIL = Pattern.compile(
            "(?i) ?(?:\\(SQL: |\\[SQL: |; SQL \\[|\\[parameters: |DETAIL: |HINT: |CONTEXT: |STATEMENT: |QUERY: |LINE \\d+: | Position: \\d|; nested exception| at [a-z][\\w$]*\\.[\\w$.]+\\(| at async |Failing row contains|Key \\(|Caused by:|\", ?\"|\"}|', ?detail|, detail: |\\(Connection: ).*");
    private static final Pattern STRING = Pattern.compile("'[^']*'?");
    private static final Pattern INPUT =
            Pattern.compile("(?i)(invalid input (?:syntax|value) for .{1,80}?: |value )[\"“][^\"”]*[\"”]?");
    private static final Pattern USER = Pattern.compile("(?i)(user |role )[\"'][^\"']{1,80}[\"']");
    private static final Pattern MAIL = Pattern.compile("[\\w.+%-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,64}){1,5}");
    private static final Pattern URL_SECRET = Pattern.compile("://[^\\s/@]{1,200}@");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)\\b((?:pg)?passw(?:or)?d|pwd|secret|token|api[_-]?key|authorization|bearer)\\b([\"']?\\s*[=: ]\\s*[\"']?)(?:bearer |basic )?[^\\s\"',;)]{3,}");
    /** Names of variables and headers, such as {@code AWS_SECRET_ACCESS_KEY=} and {@code Cookie:}; only before a value that is assigned. */
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?i)\\b([\\w.-]*(?:passw(?:or)?d|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|cookie|session|credentials?)[\\w.-]*)([\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',;)]{3,}");

    private static final Pattern TOKEN = Pattern.compile(
            "\\beyJ[\\w-]{5,}(?:\\.[\\w-]*){0,2}|\\bAKIA[A-Z0-9]{12,}|\\b(?:ghp|gho|sk|pk|xox[bp])[_-][A-Za-z0-9_-]{8,}|\\b[A-Za-z0-9+/_-]{40,}={0,2}");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\b\\d{5,}\\b");

    private Masking() {}

    /** The sentence that begins at {@code start}, bounded and masked. */
    static String message(String text, int start) {
        String tail = text.substring(Math.min(start, text.length()), Math.min(text.length(), start + 1000));
        return values(TAIL.matcher(tail).replaceFirst("").strip());
    }

    static String values(String text) {
        String masked = INPUT.matcher(text).replaceAll("$1<value>");
        masked = USER.matcher(masked).replaceAll("$1<user>");
        masked = STRING.matcher(masked).replaceAll("'?'");
        masked = MAIL.matcher(masked).replaceAll("<email>");
        masked = URL_SECRET.matcher(masked).replaceAll("://<user>@");
        masked = SECRET.matcher(masked).replaceAll("$1$2<secret>");
        masked = ASSIGNED.matcher(masked).replaceAll("$1$2<secret>");
        masked = TOKEN.matcher(masked).replaceAll("<token>");
        masked = LONG_NUMBER.matcher(masked).replaceAll("<number>");
        return Excerpt.of(masked, LONGEST);
    }
}
