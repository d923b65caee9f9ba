package dev.allclear.status.output;

import dev.allclear.model.Excerpt;
import java.util.regex.Pattern;

/** Takes out of a line of foreign output what must not be repeated: passwords, and the key values of PostgreSQL's details. */
public final class Masking {
    private static final int LONGEST_LINE = 240;
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s:/@]*):[^\\s/]*@");
    private static final Pattern SETTING = Pattern.compile(
            "(?i)((?:password|passwd|pwd|secret|token|api[_-]?key)\"?\\s*[=:]\\s*)(?:'[^']*'|\"[^\"]*\"|[^\\s&,;]+)");
    private static final Pattern CREDENTIAL_SQL = Pattern.compile("(?i)(\\bpassword\\s+)'[^']*'");
    private static final Pattern KEY_VALUES = Pattern.compile("\\)=\\([^)]*\\)");

    private Masking() {}

    /** The line without secrets and key values, shortened. */
    public static String of(String line) {
        String masked = USER_INFO.matcher(line).replaceAll("$1:***@");
        masked = SETTING.matcher(masked).replaceAll("$1***");
        masked = CREDENTIAL_SQL.matcher(masked).replaceAll("$1'***'");
        masked = KEY_VALUES.matcher(masked).replaceAll(")=(…)");
        return Excerpt.of(masked.strip(), LONGEST_LINE);
    }
}
