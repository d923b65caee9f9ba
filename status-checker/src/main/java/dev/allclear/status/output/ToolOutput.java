package dev.allclear.status.output;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A migration tool's output, read line by line.
 *
 * @param errors lines on which PostgreSQL's error severities stand, masked
 * @param warnings warnings, notices, deprecations and what was skipped, masked
 * @param skipped names of relations of which the server said that they already existed (SQLSTATE 42P07), without their schema
 */
public record ToolOutput(List<String> errors, List<String> warnings, Set<String> skipped) {
    private static final int LONGEST_READ = 4_000;
    /** PostgreSQL's severities, at a line's start or after a prefix such as psql's {@code file:line: }, in the languages it speaks. */
    private static final Pattern ERROR = Pattern.compile(
            "(?:^|[\\s\\]:|])(?:ERROR|FATAL|PANIC|FEHLER|PANIK|ERREUR|ERRORE|ERRO|BŁĄD|ОШИБКА|エラー|错误|오류)(?::|：)\\s+\\S");

    private static final Pattern WARNING = Pattern.compile(
            "(?:^|[\\s\\]:|])(?:WARNING|WARN|NOTICE|WARNUNG|HINWEIS)\\b|(?i:\\bdeprecat|already exists, skipping|implicit(?:ly)? conver)|\\b42P07\\b");
    private static final Pattern EXISTS = Pattern.compile("already exists|\\b42P07\\b");
    private static final Pattern QUOTED = Pattern.compile("[\"«„“]([^\"«»„“”]+)[\"»“”]");

    public ToolOutput {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        skipped = Set.copyOf(skipped);
    }

    public static ToolOutput of(String text) {
        Set<String> errors = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        Set<String> skipped = new LinkedHashSet<>();
        for (String whole : text.lines().toList()) {
            String line = whole.length() <= LONGEST_READ ? whole : whole.substring(0, LONGEST_READ);
            if (ERROR.matcher(line).find()) {
                errors.add(Masking.of(line));
            } else if (WARNING.matcher(line).find()) {
                warnings.add(Masking.of(line));
                if (EXISTS.matcher(line).find()) {
                    Matcher name = QUOTED.matcher(line);
                    while (name.find()) {
                        skipped.add(name.group(1));
                    }
                }
            }
        }
        return new ToolOutput(List.copyOf(errors), List.copyOf(warnings), skipped);
    }
}
