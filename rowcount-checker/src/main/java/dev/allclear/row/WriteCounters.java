package dev.allclear.row;

import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many rows anyone has inserted into and deleted from some tables, by their oids, at one moment of the database's clock.
 *
 * @param counting whether the server counts at all ({@code track_counts})
 */
record WriteCounters(Instant clock, Map<Long, Counter> byTable, boolean counting) {
    private static final String COUNTERS = """
            -- How many rows has anyone inserted into or deleted from these tables and their partitions, and how many changed since their last analyze? Statistics only.
            WITH RECURSIVE tree(root, member) AS (
                SELECT c.oid, c.oid FROM pg_class c WHERE c.oid::int8 = ANY ($1::int8[])
                UNION
                SELECT tree.root, i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.member)
            SELECT tree.root::int8 AS oid, clock_timestamp() AS clock, current_setting('track_counts') = 'on' AS counting,
                   coalesce(sum(pg_stat_get_tuples_inserted(m.oid)), 0)::int8 AS inserted,
                   coalesce(sum(pg_stat_get_tuples_deleted(m.oid)), 0)::int8 AS deleted,
                   coalesce(sum(pg_stat_get_mod_since_analyze(m.oid)), 0)::int8 AS changes,
                   CASE WHEN bool_and(greatest(pg_stat_get_last_analyze_time(m.oid), pg_stat_get_last_autoanalyze_time(m.oid)) IS NOT NULL)
                        THEN extract(epoch FROM clock_timestamp() - max(greatest(
                                 pg_stat_get_last_analyze_time(m.oid), pg_stat_get_last_autoanalyze_time(m.oid))))::float8 END AS seconds
              FROM tree JOIN pg_class m ON m.oid = tree.member AND m.relkind <> 'p'
             GROUP BY tree.root
            """;

    /**
     * One table's.
     *
     * @param changes rows inserted, updated or deleted since the table was last analyzed
     * @param rate how many rows a second others write at most, judging by the time since the table was last analyzed; infinite when
     *     nothing is known
     * @param usual how many rows a second others wrote on average since the table was last analyzed; 0 when nothing is known
     * @param history seconds since the table was last analyzed; 0 when it never was
     */
    record Counter(long inserted, long deleted, long changes, double rate, double usual, double history) {
        boolean differsFrom(Counter other) {
            return inserted != other.inserted || deleted != other.deleted;
        }
    }

    WriteCounters {
        byTable = Map.copyOf(byTable);
    }

    static Future<WriteCounters> read(Visit visit, Collection<Relation> relations) {
        Long[] oids = relations.stream().map(Relation::oid).distinct().toArray(Long[]::new);
        if (oids.length == 0) {
            return Future.succeededFuture(new WriteCounters(Instant.EPOCH, Map.of(), true));
        }
        return visit.read(tx -> tx.query(COUNTERS, (Object) oids)).map(rows -> {
            Map<Long, Counter> byTable = new TreeMap<>();
            rows.forEach(row -> byTable.put(
                    row.number("oid"),
                    new Counter(
                            row.number("inserted"),
                            row.number("deleted"),
                            row.number("changes"),
                            row.optionalDecimal("seconds")
                                    .map(seconds -> TrafficJudge.mostPerSecond(row.number("changes"), seconds))
                                    .orElse(Double.POSITIVE_INFINITY),
                            row.optionalDecimal("seconds")
                                    .map(seconds -> TrafficJudge.perSecond(row.number("changes"), seconds))
                                    .orElse(0.0),
                            row.optionalDecimal("seconds").orElse(0.0))));
            return new WriteCounters(
                    rows.stream().map(row -> row.instant("clock")).findFirst().orElse(Instant.EPOCH),
                    byTable,
                    rows.size() == oids.length && rows.stream().allMatch(row -> row.flag("counting")));
        });
    }

    /** Those of some tables; empty unless all of them are known. */
    Optional<WriteCounters> of(Collection<Relation> relations) {
        Map<Long, Counter> some = new TreeMap<>();
        relations.forEach(relation -> Optional.ofNullable(byTable.get(relation.oid()))
                .ifPresent(counter -> some.put(relation.oid(), counter)));
        boolean all = relations.stream().allMatch(relation -> some.containsKey(relation.oid()));
        return all ? Optional.of(new WriteCounters(clock, some, counting)) : Optional.empty();
    }

    Map<String, Object> content() {
        Map<String, Object> tables = new TreeMap<>();
        byTable.forEach((oid, counter) -> {
            Map<String, Object> one = new TreeMap<>();
            one.put("inserted", counter.inserted());
            one.put("deleted", counter.deleted());
            if (counter.rate() < Double.POSITIVE_INFINITY) {
                one.put("rate", counter.rate());
            }
            one.put("usual", counter.usual());
            one.put("history", counter.history());
            tables.put(oid.toString(), one);
        });
        return Map.of("clock", clock.toString(), "counting", counting, "tables", tables);
    }

    static WriteCounters of(Map<String, Object> content) {
        Map<Long, Counter> byTable = new TreeMap<>();
        if (content.get("tables") instanceof Map<?, ?> tables) {
            tables.forEach((oid, value) -> {
                if (value instanceof Map<?, ?> one) {
                    byTable.put(
                            Long.valueOf(String.valueOf(oid)),
                            new Counter(
                                    one.get("inserted") instanceof Number number ? number.longValue() : 0,
                                    one.get("deleted") instanceof Number number ? number.longValue() : 0,
                                    0,
                                    one.get("rate") instanceof Number number
                                            ? number.doubleValue()
                                            : Double.POSITIVE_INFINITY,
                                    one.get("usual") instanceof Number number ? number.doubleValue() : 0,
                                    one.get("history") instanceof Number number ? number.doubleValue() : 0));
                }
            });
        }
        return new WriteCounters(
                Instant.parse(String.valueOf(content.get("clock"))),
                byTable,
                Boolean.TRUE.equals(content.get("counting")));
    }

    /** Whether the number of rows of any table was moved between the two. */
    boolean movedSince(WriteCounters earlier) {
        return byTable.entrySet().stream().anyMatch(entry -> {
            Counter then = earlier.byTable.get(entry.getKey());
            return then == null || entry.getValue().differsFrom(then);
        });
    }

    /** Whether rows were written at all between the two, updates included, which move no number of rows. */
    boolean changedSince(WriteCounters earlier) {
        return byTable.entrySet().stream().anyMatch(entry -> {
            Counter then = earlier.byTable.get(entry.getKey());
            Counter now = entry.getValue();
            return then == null || now.differsFrom(then) || now.changes() != then.changes();
        });
    }

    /** How many rows were inserted or deleted between the two. */
    long writtenSince(WriteCounters earlier) {
        return byTable.entrySet().stream()
                .mapToLong(entry -> {
                    Counter then = earlier.byTable.getOrDefault(entry.getKey(), entry.getValue());
                    Counter now = entry.getValue();
                    return Math.abs(now.inserted() - then.inserted()) + Math.abs(now.deleted() - then.deleted());
                })
                .sum();
    }

    /** How many rows a second others write at most in all of them together, by their history. */
    double rate() {
        return byTable.values().stream().mapToDouble(Counter::rate).sum();
    }

    /** How many rows a second others wrote on average in all of them together, by their history. */
    double usual() {
        return byTable.values().stream().mapToDouble(Counter::usual).sum();
    }

    /** For how many seconds all of them have a history; 0 when one has none. */
    double history() {
        return byTable.values().stream().mapToDouble(Counter::history).min().orElse(0);
    }
}
