package dev.allclear.row;

import dev.allclear.config.Section;

/**
 * How much counting may ask of one database.
 *
 * @param onePass up to how many rows, by the planner's estimate, a table is counted in one statement
 * @param chunk how many rows the first chunk of a larger table holds; later ones are fitted to the statement time-out
 * @param busySessions how many other sessions may be active for a next chunk to be counted
 */
record Limits(long onePass, long chunk, long busySessions) {
    static final Limits DEFAULT = new Limits(20_000_000, 50_000, 16);

    static Limits read(Section section) {
        Limits limits = new Limits(
                section.integer("one-pass", (int) DEFAULT.onePass, 0, Integer.MAX_VALUE),
                section.integer("chunk", (int) DEFAULT.chunk, 100, 10_000_000),
                section.integer("busy-sessions", (int) DEFAULT.busySessions, 1, 100_000));
        section.rejectOtherKeys();
        return limits;
    }
}
