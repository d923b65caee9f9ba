package dev.allclear.log;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * Says which PostgreSQL error a log record tells of, if any: by its SQLSTATE first, then by driver exception names and the server's
 * sentences, all of them in {@code rules.txt}. Immutable; a record that holds none of the rules' literals costs one pass over it.
 */
public final class LogClassifier {
    /** What only PostgreSQL's own drivers write: it outweighs a mention of another database. */
    private static final Pattern DRIVER = Pattern.compile(
            "org\\.postgresql|psycopg|asyncpg|PG::|Npgsql|Postgrex|pgconn|PgDatabaseError|\\(SQLSTATE |pgclient|pg-protocol|ERROR: +(?:relation|column) ");

    private static final Pattern SERVER_NOISE =
            Pattern.compile("\\b(?:LOG|STATEMENT|NOTICE|DEBUG|CONTEXT|QUERY|HINT|DETAIL): ");
    private static final Pattern SERVER_ERROR =
            Pattern.compile("\\b(?:ERROR|FATAL|PANIC)\\b|[Ee]rrors?\\b|[Ee]xception\\b|PG::|psycopg");
    /** What PostgreSQL says of {@code IF EXISTS} and {@code IF NOT EXISTS}; an application, too, may skip what failed. */
    private static final Pattern SKIPPED = Pattern.compile("(?:already exists|does not exist), skipping\\b");

    private static final Pattern FAILED =
            Pattern.compile("(?:ERROR|FATAL|PANIC|rror): |[a-z](?:Error|Exception)\\b|PG::|psycopg");
    private static final Pattern JSON_NOISE = Pattern.compile(
            "\"error_severity\": ?\"(?:LOG|NOTICE|WARNING|INFO|DEBUG\\d?)\"|,(?:LOG|NOTICE|WARNING|INFO|DEBUG\\d?),00000,");
    private static final Pattern QUIET_LEVEL = Pattern.compile(
            "^[^\"]{0,60}?\\b(?:TRACE|DEBUG|INFO|NOTICE|trace|debug|info|Information|Debug)\\b|\"level\": ?\"(?:trace|debug|info|TRACE|DEBUG|INFO)\"");
    private static final Pattern LOUD = Pattern.compile(
            "(?:ERROR|FATAL|PANIC|Error|ERR)\\b|[A-Za-z](?:Error|Exception)\\b|SQLSTATE\\[|PG::|\\bpq: |rror:");

    private static final int LONGEST = 32 * 1024;
    /** No honest record touches as many rules or nests as many causes. */
    private static final int MOST_RULES = 50;

    private static final int MOST_CAUSES = 3;

    /** How much of a record is asked for what stands at its beginning, and for what may stand anywhere. */
    private static final int HEAD = 1024;

    private static final int LONG_HEAD = 8 * 1024;
    private static final String CAUSE = "Caused by: ";

    private final Rules rules = Rules.load();
    private final LiteralSearch search = new LiteralSearch(rules.probes());

    /** Finds in bytes what {@link #classify} may take for an error. */
    LiteralSearch search() {
        return search;
    }

    /** An error and the rule that decided. */
    record Told(DatabaseError error, Rule rule) {}

    public Optional<DatabaseError> classify(String whole) {
        return tell(whole).map(Told::error);
    }

    Optional<Told> tell(String whole) {
        String record = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
        Rules.Touched touched = rules.touchedBy(record);
        if (touched.rules().isEmpty()) {
            return Optional.empty();
        }
        String text = PlainText.of(record);
        if ((touched.vetoed() && !DRIVER.matcher(head(text, LONG_HEAD)).find()) || isNoise(text)) {
            return Optional.empty();
        }
        boolean isServers = Severities.asServer(record);
        boolean marked = touched.marked() || isServers || Severities.asDriver(text);
        Context context = new Context(touched.rules(), marked, isServers, text);
        // the deepest cause says what happened; what wraps it may only say what could not be done then
        int at = text.lastIndexOf(CAUSE);
        for (int depth = 0; at > 0 && depth < MOST_CAUSES; depth++, at = text.lastIndexOf(CAUSE, at - 1)) {
            Optional<Told> cause = tell(text.substring(at), context);
            if (cause.isPresent() && cause.get().error().kind() != ErrorKind.OTHER) {
                return cause;
            }
        }
        return tell(text, context);
    }

    /** What holds for a whole record, whichever part of it is looked at. */
    private record Context(List<Rule> rules, boolean marked, boolean isServers, String whole) {
        boolean allows(Rule rule, boolean hasState) {
            return switch (rule.needs()) {
                case NOTHING -> true;
                case MARK -> marked || hasState;
                case SERVER -> isServers;
            };
        }
    }

    private static Optional<Told> tell(String text, Context context) {
        Optional<String> state = SqlStates.in(text);
        String lower = lower(text);
        List<Rule.Hit> hits = context.rules().stream()
                .filter(rule -> context.allows(rule, state.isPresent()))
                .limit(MOST_RULES)
                .flatMap(rule -> rule.in(text, lower).stream())
                .toList();
        if (hits.isEmpty()) {
            return Optional.empty();
        }
        Rule.Hit hit = choose(hits, state);
        ErrorKind kind = kindOf(hit, state);
        if (kind == ErrorKind.OTHER && onlyMentionsState(hit) && state.isEmpty()) {
            return Optional.empty();
        }
        String object = ObjectNames.of(kind, hit.object(), context.whole());
        return Optional.of(
                new Told(new DatabaseError(kind, state, object, Masking.message(text, hit.start())), hit.rule()));
    }

    /** Letter by letter, since {@link String#toLowerCase()} may change the length. */
    private static String lower(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Character.toLowerCase(letters[i]);
        }
        return new String(letters);
    }

    private static String head(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static boolean isNoise(String whole) {
        String text = head(whole, HEAD);
        boolean isSkipped =
                SKIPPED.matcher(text).find() && !FAILED.matcher(text).find();
        if (isSkipped || JSON_NOISE.matcher(text).find()) {
            return true;
        }
        var noise = SERVER_NOISE.matcher(text);
        var error = SERVER_ERROR.matcher(text);
        if (noise.find() && (!error.find() || noise.start() < error.start())) {
            return noise.start() < 200;
        }
        return QUIET_LEVEL.matcher(text).find()
                && !LOUD.matcher(head(whole, LONG_HEAD)).find();
    }

    private static Rule.Hit choose(List<Rule.Hit> hits, Optional<String> state) {
        Rule.Hit first = hits.get(0);
        if (state.isEmpty()) {
            return first;
        }
        String code = kindOf(first, state).code();
        return hits.stream()
                .filter(hit -> hit.rule().kind().code().equals(code))
                .findFirst()
                .orElse(first);
    }

    /** The SQLSTATE decides, except where one state stands for several things that the sentence tells apart. */
    private static ErrorKind kindOf(Rule.Hit hit, Optional<String> state) {
        ErrorKind told = hit.rule().kind();
        if (state.isEmpty() || told == ErrorKind.STALE_PLAN) {
            return told;
        }
        ErrorKind byState = SqlStates.kindOf(state.get());
        boolean finer = byState == ErrorKind.OTHER
                && told != ErrorKind.OTHER
                && !state.get().startsWith("XX");
        boolean full = byState == ErrorKind.CONNECTION_FAILURE && told == ErrorKind.TOO_MANY_CONNECTIONS;
        return finer || full ? told : byState;
    }

    private static boolean onlyMentionsState(Rule.Hit hit) {
        return hit.rule().literal().startsWith("sqlstate")
                || hit.rule().literal().startsWith("sql state");
    }
}
