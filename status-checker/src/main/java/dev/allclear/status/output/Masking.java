package dev.allclear.status.output;

import dev.allclear.model.Excerpt;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a line of foreign output what must not be repeated: passwords, and the values of rows. */
public final class Masking {
    private static final int LONGEST_LINE = 240;
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s:/@]*):[^\\s/]*@");
    private static final Pattern SETTING = Pattern.compile(
            "(?i)((?:password|passwd|pwd|secret|token|api[_-]?key)\"?\\s*[=:]\\s*)(?:'[^']*'|\"[^\"]*\"|[^\\s&,;]+)");
    private static final Pattern CREDENTIAL_SQL = Pattern.compile("(?i)(\\bpassword\\s+)'[^']*'");
    /** Up to the sentence's own words, since a value may have brackets; else all that follows. */
    private static final Pattern KEY_VALUES = Pattern.compile(
            "\\)=\\(.*?\\)(?= (?:already exists|is not present|is still referenced|is duplicated|conflicts with))|\\)=\\(.*");

    private static final Pattern ROW =
            Pattern.compile("(?s)(Failing row contains\\s*)\\(.*?(?=\\n\\p{Lu}{3,}[:：]|\\z)");
    private static final Pattern DETAIL_WITH_VALUES = Pattern.compile(
            "((?:DETAIL|DÉTAIL|DETALLE|DETTAGLI|DETALHE|SZCZEGÓŁY|ПОДРОБНОСТИ|詳細|描述|详细信息|상세정보)\\s*[:：][^(]*)\\((?!…)(?![^)]*\\)=\\().*");
    private static final Pattern INPUT = Pattern.compile(
            "(?i)(invalid input (?:syntax|value) for .{1,80}?: |value out of range: |invalid value )\"[^\"]*(?:\"|$)");
    private static final Pattern MAIL = Pattern.compile("[\\w.+%-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,64}){1,5}");
    private static final Pattern STATEMENT = Pattern.compile(
            "(?i)\\binsert\\s+into\\b|\\bvalues\\s*\\(|\\bupdate\\b.{1,200}\\bset\\b|\\bdelete\\s+from\\b|\\bwhere\\b|\\bselect\\b");
    /** Not the apostrophe of a word. */
    private static final Pattern LITERAL = Pattern.compile("(?<![\\p{L}\\p{N}])([EeBbXxNn]?)'(?:[^']|'')*(?:'|\\z)");

    private Masking() {}

    /** The line without secrets and values, shortened. */
    public static String of(String line) {
        return shortened(STATEMENT.matcher(line).find() ? withoutLiterals(line) : line);
    }

    /** What a tool wrote down of a failure, line by line: the statement without its literals, the error without rows. */
    public static List<String> recorded(String text) {
        return withoutLiterals(ROW.matcher(text).replaceAll("$1(…)"))
                .lines()
                .map(Masking::shortened)
                .toList();
    }

    private static String withoutLiterals(String text) {
        return LITERAL.matcher(text).replaceAll("$1'…'");
    }

    private static String shortened(String line) {
        String masked = USER_INFO.matcher(line).replaceAll("$1:***@");
        masked = SETTING.matcher(masked).replaceAll("$1***");
        masked = CREDENTIAL_SQL.matcher(masked).replaceAll("$1'***'");
        masked = ROW.matcher(masked).replaceAll("$1(…)");
        masked = KEY_VALUES.matcher(masked).replaceAll(")=(…)");
        masked = DETAIL_WITH_VALUES.matcher(masked).replaceAll("$1(…)");
        masked = INPUT.matcher(masked).replaceAll("$1\"…\"");
        masked = MAIL.matcher(masked).replaceAll("…@…");
        return Excerpt.of(masked.strip(), LONGEST_LINE);
    }
}
