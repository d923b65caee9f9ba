package dev.allclear.row;

import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The one statement that counts all rows of a table, or of a part of it, and those that its expectations ask about. */
final class CountStatement {
    private static final String BLOCKS = """
            -- How many blocks of this table, its partitions and their indexes has this transaction read, and how many has the table? Our own session's statistics only.
            WITH RECURSIVE tree(member) AS (
                SELECT $1::int8::oid UNION SELECT i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.member)
            SELECT (coalesce(sum(pg_stat_get_xact_blocks_fetched(tree.member)), 0)
                       + coalesce(sum((SELECT sum(pg_stat_get_xact_blocks_fetched(i.indexrelid))
                                         FROM pg_index i WHERE i.indrelid = tree.member)), 0))::int8 AS own,
                   (coalesce(sum(pg_relation_size(tree.member)), 0) / current_setting('block_size')::int8)::int8 AS whole
              FROM tree
            """;

    private final Relation relation;
    private final List<Bound> bounds;

    CountStatement(Relation relation, List<Bound> bounds) {
        this.relation = relation;
        this.bounds = bounds;
    }

    /**
     * The numbers of one count.
     *
     * @param counted in the order of the expectations
     * @param blocks at least so many were read
     */
    record Count(long total, List<Long> counted, long blocks, boolean parallel) {
        Count plus(Count more) {
            List<Long> sums = new ArrayList<>();
            for (int i = 0; i < counted.size(); i++) {
                sums.add(counted.get(i) + more.counted.get(i));
            }
            return new Count(total + more.total, sums, blocks + more.blocks, parallel || more.parallel);
        }
    }

    /** The whole table, in parallel where the planner would. Workers' blocks are not ours to see: a parallel pass reads each once. */
    Future<Count> whole(Statements tx) {
        String sql =
                "-- How many rows are there, and how many of them are as expected? Reads the whole table under ACCESS SHARE.\n"
                        + select();
        Object[] parameters = parameters().toArray();
        return tx.query(Plan.EXPLAIN + sql, parameters).compose(plan -> {
            boolean parallel = Plan.of(plan).isParallel();
            return tx.query(sql, parameters).compose(rows -> numbers(tx, rows.get(0), parallel));
        });
    }

    /** The part between two keys. */
    Future<Count> between(Statements tx, KeyRange range) {
        List<Object> parameters = parameters();
        String condition = range.sql(parameters);
        String sql =
                "-- How many rows are there in this part, and how many of them are as expected? Reads it under ACCESS SHARE.\n"
                        + select() + condition;
        return tx.query(sql, parameters.toArray()).compose(rows -> numbers(tx, rows.get(0), false));
    }

    private Future<Count> numbers(Statements tx, ResultRow row, boolean parallel) {
        List<Long> counted = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            counted.add(row.number("c" + i));
        }
        return blocks(tx, relation).map(blocks -> {
            long read = parallel ? Math.max(blocks.number("own"), blocks.number("whole")) : blocks.number("own");
            return new Count(row.number("total"), counted, read, parallel);
        });
    }

    /** Our own blocks in this transaction, and how many the table has. */
    static Future<ResultRow> blocks(Statements tx, Relation relation) {
        return tx.query(BLOCKS, relation.oid()).map(rows -> rows.get(0));
    }

    private String select() {
        int parameter = 1;
        List<String> aggregates = new ArrayList<>(List.of("count(*) AS total"));
        for (int i = 0; i < bounds.size(); i++) {
            aggregates.add(bounds.get(i).countSql(parameter) + " AS c" + i);
            parameter += bounds.get(i).expectation().parameters().size();
        }
        return aggregates.stream().collect(Collectors.joining(", ", "SELECT ", " FROM " + relation.sql()));
    }

    private List<Object> parameters() {
        return bounds.stream()
                .flatMap(bound -> bound.expectation().parameters().stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
