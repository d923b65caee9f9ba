package dev.allclear.row;

/** Ways to answer an expectation, from the cheapest on. */
enum Strategy {
    CATALOG("a constraint or unique index that the database enforces"),
    INDEX_SEARCH("a search for one row through an index"),
    ONE_PASS("one pass over the table"),
    PARALLEL_PASS("one pass over the table, in parallel"),
    SNAPSHOT_SUM("counts in one snapshot"),
    CHUNKS("counting in chunks by key"),
    SEARCH("a search for one row, since a count took too long"),
    NONE("not answered");

    private final String words;

    Strategy(String words) {
        this.words = words;
    }

    /** For the ledger that people read. */
    String words() {
        return words;
    }
}
