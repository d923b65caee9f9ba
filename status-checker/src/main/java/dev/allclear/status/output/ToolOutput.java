package dev.allclear.status.output;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A migration tool's output, read line by line.
 *
 * @param errors lines on which PostgreSQL's error severities stand, and what psql says of its own commands, masked
 * @param warnings warnings, notices, deprecations and what was skipped, masked; not what the tool says on every good run
 * @param notices routine ones, masked
 * @param skipped names of relations of which the server said that they already existed (SQLSTATE 42P07), without their schema
 */
public record ToolOutput(List<String> errors, List<String> warnings, List<String> notices, Set<String> skipped) {
    private static final int LONGEST_READ = 4_000;
    /** PostgreSQL's severities, at a line's start or after a prefix such as psql's {@code file:line: }, in the languages it speaks. */
    private static final Pattern ERROR = Pattern.compile(
            "(?:^|[\\s\\]:|])(?:ERROR|FATAL|PANIC|FEHLER|PANIK|ERREUR|ERRORE|FATALE|ERRO|BŁĄD|FEL|FATALT|HATA|ОШИБКА"
                    + "|ВАЖНО|ПОМИЛКА|ФАТАЛЬНО|შეცდომა|ფატალური|エラー|错误|錯誤|致命错误|오류|치명적오류)(?::|：)\\s+\\S");

    /**
     * What psql says of its own commands ({@code \i} of a file that is missing, {@code \copy}, a command that it does not know), after
     * which it goes on and ends with 0: small, in its own language, with the script's name and line.
     */
    private static final Pattern PSQL = Pattern.compile(
            "^psql:(?:.+:[0-9]+:)? (?:error|fatal|Fehler|erreur ?|errore|erro|błąd|fel|hata|σφάλμα|ошибка|помилка"
                    + "|შეცდომა|エラー|错误|錯誤|오류): \\S");

    /** The same bare, without a severity, when psql reads its standard input; in the languages of psql and of the C library. */
    private static final Pattern BARE_PSQL = Pattern.compile("^\\\\[a-z_!]+ ?[:：] ?\\S"
            + "|^(?:invalid command|neplatný příkaz|ungültige Anweisung|comando errato|不正なコマンド|არასწორი ბრძანება"
            + "|잘못된 명령:|неверная команда|ogiltigt kommando|[Нн]евірна команда|无效的命令) \\\\\\S"
            + "|^orden \\\\\\S+ no válida|^commande \\\\\\S+ invalide|^μη έγκυρη εντολή «"
            + "|^отсутствует необходимый аргумент \\\\\\S"
            + "|^\\S+ ?: (?:No such file or directory|Permission denied|Is a directory"
            + "|Datei oder Verzeichnis nicht gefunden|Aucun fichier ou dossier de ce type"
            + "|No existe el fichero o el directorio|File o directory non esistente|Arquivo ou diretório inexistente"
            + "|Nie ma takiego pliku ani katalogu|Adresář nebo soubor neexistuje|Filen eller katalogen finns inte"
            + "|Böyle bir dosya ya da dizin yok|Δεν υπάρχει τέτοιο αρχείο ή κατάλογος|Нет такого файла или каталога"
            + "|Немає такого файла або каталогу|そのようなファイルやディレクトリはありません|그런 파일이나 디렉터리가 없습니다"
            + "|没有那个文件或目录|沒有此一檔案或目錄)$");

    /** Colours, between which and a severity there is no space. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Also log lines' levels, and what Node's tools write small at a line's start; "SET client_min_messages = WARNING" is none. */
    private static final Pattern WARNING = Pattern.compile(
            "(?:^|[\\s\\]:|\\[])(?:WARNING|WARN|NOTICE|WARNUNG|HINWEIS|ATTENTION|AVERTISSEMENT|ADVERTENCIA|ATTENZIONE|NOTIFICA|AVISO|NOTA"
                    + "|VARNING|NOTIS|ПРЕДУПРЕЖДЕНИЕ|ЗАМЕЧАНИЕ|ПОПЕРЕДЖЕННЯ|ПОВІДОМЛЕННЯ|გაფრთხილება|警告|注意|경고|알림)(?::|：|\\]|\\s+\\S)"
                    + "|^(?:warn|warning)\\b|(?i:\\bdeprecat|already exists, skipping|\\bimplicit(?:ly)? (?:conver|cast|type conver))|\\b42P07\\b");

    /** In PostgreSQL's languages, as its own message catalogs have it. */
    private static final Pattern EXISTS =
            Pattern.compile("already exists|existiert bereits|existe déjà|ya existe|esiste già|já existe|już istnieje"
                    + "|уже существует|вже існує|finns redan|უკვე არსებობს|すでに存在|已经存在|이미 있음|\\b42P07\\b");

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

    /** Whether a line without colours reports an error of the server, or of psql. */
    public static boolean isError(String line) {
        return ERROR.matcher(line).find()
                || PSQL.matcher(line).find()
                || BARE_PSQL.matcher(line).find();
    }

    public static ToolOutput of(String text) {
        Set<String> errors = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        Set<String> notices = new LinkedHashSet<>();
        Set<String> skipped = new LinkedHashSet<>();
        for (String whole : text.lines().toList()) {
            String line = COLOUR.matcher(whole.length() <= LONGEST_READ ? whole : whole.substring(0, LONGEST_READ))
                    .replaceAll("");
            if (isError(line)) {
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
