package dev.allclear.postgres;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The statements of one open READ ONLY transaction, one after the other. Usable only until the work it was handed to ends. */
public interface Statements {
    /** Runs one statement through the extended protocol; {@code $1 …} are bound to the parameters. */
    Future<List<ResultRow>> query(String sql, Object... parameters);

    /**
     * Runs one statement through the simple protocol: for {@code EXPLAIN (GENERIC_PLAN)}, {@code PREPARE}, {@code EXECUTE} and
     * {@code SET LOCAL}, which cannot be prepared. The text must hold no value that was not quoted by {@link SqlText}.
     */
    Future<List<ResultRow>> simple(String sql);

    /**
     * Has the server parse a text and forget it again, which runs nothing. A text of several statements fails with a syntax error
     * (SQLSTATE 42601), whatever quotes and comments hide them: one that a stranger wrote has to pass this before {@link #simple}.
     */
    Future<Void> parse(String sql);

    /** From here on, statements of this transaction may run at most this long; never longer than the budget's limit allows. */
    Future<Void> limit(Duration statementTimeout);
}
