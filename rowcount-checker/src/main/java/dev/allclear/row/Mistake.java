package dev.allclear.row;

/**
 * One thing that is wrong with an expectation as it is written.
 *
 * @param key where, such as {@code where.equals}; empty when it is about the expectation as a whole
 */
record Mistake(String key, String what) {
    @Override
    public String toString() {
        return what;
    }
}
