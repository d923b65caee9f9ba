package dev.allclear.row;

import dev.allclear.postgres.DatabaseFailure;

/** What the database answered about one expectation. */
sealed interface Reading {
    Bound about();

    /** Both numbers of one snapshot: all rows, and those in question. */
    record Exact(Bound about, long total, long counted) implements Reading {}

    /** A full count was too slow, but a search for one row without a value came to an end. */
    record Coverage(Bound about, boolean complete) implements Reading {}

    /** No answer. */
    record Silence(Bound about, DatabaseFailure why) implements Reading {}

    /** Not asked: row level security would hide rows from us, and a count of the rest proves nothing. */
    record Hidden(Bound about) implements Reading {}
}
