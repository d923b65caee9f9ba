package dev.allclear.latency;

import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code pg_stat_statements}. Never fails because it cannot be read; says why instead. */
final class StatementStatistics {
    private static final String VIEW = SqlFile.read("statements-view.sql");
    private static final String USED = bare("statements-used.sql");
    private static final String COUNTED = bare("statements-counted.sql");

    private final Visit visit;
    private final String role;

    /** Where {@code {bare:column}} stands, the column's text comes without layout and comments. */
    private static String bare(String file) {
        String bare = SqlFile.read("bare.sql").replaceAll("(?m)^--.*$", "");
        return Pattern.compile("\\{bare:([a-z.]+)}")
                .matcher(SqlFile.read(file))
                .replaceAll(found -> Matcher.quoteReplacement(bare.replace("{text}", found.group(1))));
    }

    /** @param role who asks, quoted, for the GRANT */
    StatementStatistics(Visit visit, String role) {
        this.visit = visit;
        this.role = role;
    }

    /** What could be read, or why nothing could. */
    record Reading<T>(T value, Optional<TrafficGap> gap) {}

    /**
     * Statements in the order in which they deserve attention, with what they cost since their counters began; the configured ones
     * bear their names.
     */
    Future<Reading<List<WatchedStatement>>> used(List<LatencyQuery> configured, int candidates) {
        Object texts = configured.stream().map(LatencyQuery::sql).toArray(String[]::new);
        return reading(
                List.of(), view -> visit.read(tx -> tx.query(USED.replace("{view}", view), texts, (long) candidates))
                        .map(rows -> watched(rows, configured)));
    }

    Future<Reading<List<StatementCount>>> counted(List<WatchedStatement> statements) {
        Object fingerprints =
                statements.stream().map(WatchedStatement::fingerprint).toArray(String[]::new);
        Map<String, String> fingerprintOfId = new LinkedHashMap<>();
        statements.forEach(one -> one.ids().forEach(id -> fingerprintOfId.put(id, one.fingerprint())));
        Object ids = fingerprintOfId.keySet().toArray(String[]::new);
        return reading(List.of(), view -> visit.read(tx -> tx.query(COUNTED.replace("{view}", view), fingerprints, ids))
                .map(rows -> rows.stream()
                        .map(row -> new StatementCount(
                                row.text("id"),
                                fingerprintOfId.getOrDefault(row.text("id"), row.text("fingerprint")),
                                window(row),
                                row.text("since")))
                        .toList()));
    }

    private static List<WatchedStatement> watched(List<ResultRow> rows, List<LatencyQuery> configured) {
        Map<String, WatchedStatement> found = new LinkedHashMap<>();
        for (ResultRow row : rows) {
            if (row.flag("is_cut")) {
                continue;
            }
            String fingerprint = row.text("fingerprint");
            int asked = (int) row.number("asked");
            String name = asked > 0
                    ? configured.get(asked - 1).name()
                    : WatchedStatement.nameOf(row.text("text"), fingerprint);
            WatchedStatement one = new WatchedStatement(
                    name, row.text("text"), fingerprint, List.of(row.text("id")), asked == 0, window(row), false);
            found.merge(name, one, WatchedStatement::and);
        }
        return new ArrayList<>(found.values());
    }

    private static TrafficWindow window(ResultRow row) {
        return new TrafficWindow(
                row.number("calls"), row.decimal("millis"), row.decimal("squares"), row.number("blocks"));
    }

    private <T> Future<Reading<T>> reading(T nothing, java.util.function.Function<String, Future<T>> work) {
        return visit.read(tx -> tx.query(VIEW))
                .compose(found -> {
                    Optional<TrafficGap> gap = gap(found);
                    return gap.isPresent()
                            ? Future.succeededFuture(new Reading<>(nothing, gap))
                            : work.apply(found.get(0).text("view"))
                                    .map(value -> new Reading<>(value, Optional.empty()));
                })
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(new Reading<>(nothing, Optional.of(gap(failure))))
                        : Future.failedFuture(cause));
    }

    private Optional<TrafficGap> gap(List<ResultRow> found) {
        if (found.isEmpty()) {
            return Optional.of(new TrafficGap(
                    LatencyFindings.NO_STATISTICS,
                    "the extension pg_stat_statements is not there",
                    "CREATE EXTENSION pg_stat_statements;"));
        }
        if (!found.get(0).flag("is_recent")) {
            return Optional.of(new TrafficGap(
                    LatencyFindings.NO_STATISTICS,
                    "the extension pg_stat_statements is older than 1.9",
                    "ALTER EXTENSION pg_stat_statements UPDATE;"));
        }
        if (!found.get(0).flag("may_read")) {
            return Optional.of(new TrafficGap(
                    LatencyFindings.INSUFFICIENT_PRIVILEGE,
                    "role " + role + " sees no statements of other roles in pg_stat_statements",
                    "GRANT pg_read_all_stats TO " + role + ";"));
        }
        return Optional.empty();
    }

    private TrafficGap gap(DatabaseFailure failure) {
        String said = "pg_stat_statements could not be read: " + failure.getMessage();
        return switch (failure.kind()) {
            case INSUFFICIENT_PRIVILEGE ->
                new TrafficGap(
                        LatencyFindings.INSUFFICIENT_PRIVILEGE,
                        said,
                        "GRANT SELECT ON pg_stat_statements TO " + role + ";");
            case STATEMENT_REFUSED ->
                new TrafficGap(
                        LatencyFindings.NO_STATISTICS,
                        said,
                        "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'; -- add it to those that are there, then restart");
            case TIMED_OUT -> new TrafficGap(LatencyFindings.TIMED_OUT, said, "");
            case UNREACHABLE -> new TrafficGap(LatencyFindings.UNREACHABLE, said, "");
            case BUDGET_EXHAUSTED -> new TrafficGap(LatencyFindings.BUDGET_EXHAUSTED, said, "");
        };
    }
}
