package dev.allclear.row;

import dev.allclear.postgres.DatabaseFailure;

/** What the database answered about one expectation, and how. */
sealed interface Reading {
    Bound about();

    Effort effort();

    /**
     * Both numbers: all rows, and those in question.
     *
     * @param drift how many rows others inserted or deleted while it was counted in chunks; 0 for numbers of one snapshot
     */
    record Exact(Bound about, long total, long counted, long drift, Effort effort) implements Reading {}

    /**
     * No numbers, but proof for or against.
     *
     * @param holds whether no row breaks the expectation
     * @param empty whether the table has no row at all
     */
    record Proof(Bound about, boolean holds, boolean empty, Effort effort) implements Reading {}

    /** No answer. */
    record Silence(Bound about, DatabaseFailure why, Effort effort) implements Reading {}

    /** Not asked: row level security would hide rows from us, and a count of the rest proves nothing. */
    record Hidden(Bound about, Effort effort) implements Reading {}
}
