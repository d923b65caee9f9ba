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
 * @param warnings warnings, notices, deprecations and what was skipped, masked; not what the tool says on every good run
 * @param notices routine ones, masked
 * @param skipped names of relations of which the server said that they already existed (SQLSTATE 42P07), without their schema
 */
public record ToolOutput(List<String> errors, List<String> warnings, List<String> notices, Set<String> skipped) {
    private static final int LONGEST_READ = 4_000;
    /** PostgreSQL's severities, at a line's start or after a prefix such as psql's {@code file:line: }, in the languages it speaks. */
    private static final Pattern ERROR = Pattern.compile(
            "(?:^|[\\s\\]:|])(?:ERROR|FATAL|PANIC|FEHLER|PANIK|ERREUR|ERRORE|ERRO|BŁĄD|ОШИБКА|エラー|错误|오류)(?::|：)\\s+\\S");

    /** Also log lines' levels, and what Node's tools write small at a line's start; "SET client_min_messages = WARNING" is none. */
    private static final Pattern WARNING = Pattern.compile(
            "(?:^|[\\s\\]:|\\[])(?:WARNING|WARN|NOTICE|WARNUNG|HINWEIS|ATTENTION|AVERTISSEMENT|ADVERTENCIA|ATTENZIONE|NOTIFICA|AVISO|NOTA"
                    + "|ПРЕДУПРЕЖДЕНИЕ|ЗАМЕЧАНИЕ|警告|注意|경고|알림)(?::|：|\\]|\\s+\\S)"
                    + "|^(?:warn|warning)\\b|(?i:\\bdeprecat|already exists, skipping|\\bimplicit(?:ly)? (?:conver|cast|type conver))|\\b42P07\\b");

    /** In PostgreSQL's languages, as its own message catalogs have it. */
    private static final Pattern EXISTS =
            Pattern.compile("already exists|existiert bereits|existe déjà|ya existe|esiste già|já existe|już istnieje"
                    + "|уже существует|すでに存在|已经存在|이미 있음|\\b42P07\\b");

    /** {@code DROP … IF EXISTS} of what is not there: nothing that anybody wants to read. */
    private static final Pattern ROUTINE =
            Pattern.compile("does not exist, skipping|existiert nicht, wird übersprungen");

    /** French puts (narrow, unbreakable) spaces inside its quotes, German turns them inside out. */
    private static final Pattern QUOTED =
            Pattern.compile("[\"«„“»][\\s\u00a0\u202f]*([^\"«»„“”]+?)[\\s\u00a0\u202f]*[\"»“”«]");

    public ToolOutput {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        notices = List.copyOf(notices);
        skipped = Set.copyOf(skipped);
    }

    public static ToolOutput of(String text) {
        Set<String> errors = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        Set<String> notices = new LinkedHashSet<>();
        Set<String> skipped = new LinkedHashSet<>();
        for (String whole : text.lines().toList()) {
            String line = whole.length() <= LONGEST_READ ? whole : whole.substring(0, LONGEST_READ);
            if (ERROR.matcher(line).find()) {
                errors.add(Masking.of(line));
            } else if (WARNING.matcher(line).find() && !Boilerplate.is(line)) {
                (ROUTINE.matcher(line).find() ? notices : warnings).add(Masking.of(line));
                if (EXISTS.matcher(line).find()) {
                    Matcher name = QUOTED.matcher(line);
                    while (name.find()) {
                        skipped.add(name.group(1));
                    }
                }
            }
        }
        return new ToolOutput(List.copyOf(errors), List.copyOf(warnings), List.copyOf(notices), skipped);
    }
}
