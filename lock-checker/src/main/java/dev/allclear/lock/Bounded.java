package dev.allclear.lock;

import java.util.Comparator;
import java.util.List;

/** Keeps what is remembered of a run bounded, however long the run. */
final class Bounded {
    private static final int KEPT = 2_000;

    private Bounded() {}

    /** Drops the shortest, now and then, when there are far too many. */
    static <T> void keepLongest(List<T> list, Comparator<T> length) {
        if (list.size() > 2 * KEPT) {
            list.sort(length.reversed());
            list.subList(KEPT, list.size()).clear();
        }
    }
}
