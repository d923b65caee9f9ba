package dev.allclear.acceptance.rows;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/** By how many rows the application changed each total of {@link LoadedRun}, from moment to moment. */
final class AddedRows implements ObjIntConsumer<String> {
    private final Map<String, Integer> now = new HashMap<>();
    private final Map<String, Set<Integer>> atTheFirstCount = new HashMap<>();
    private final Map<String, Set<Integer>> later = new HashMap<>();
    private boolean counted;

    @Override
    public synchronized void accept(String table, int rows) {
        // the check names a sum of tables by the first one
        String total = "public." + (table.equals("archive") ? "inbox" : table);
        int sum = now.merge(total, rows, Integer::sum);
        (counted ? later : atTheFirstCount)
                .computeIfAbsent(total, key -> new HashSet<>(Set.of(sum - rows)))
                .add(sum);
    }

    /** From here on the first count is about to be made; it sees what was added until now, and perhaps more. */
    synchronized void counting() {
        atTheFirstCount.clear();
        now.forEach((total, sum) -> atTheFirstCount.put(total, new HashSet<>(Set.of(sum))));
    }

    /** The first count is over. */
    synchronized void counted() {
        counted = true;
        now.forEach((total, sum) -> later.put(total, new HashSet<>(Set.of(sum))));
    }

    /** Whether, at any time after the first count, there may have been so many more than it saw. */
    synchronized boolean everWere(String total, int rows) {
        return later.getOrDefault(total, Set.of()).stream()
                .anyMatch(sum -> atTheFirstCount.getOrDefault(total, Set.of(0)).contains(sum - rows));
    }
}
