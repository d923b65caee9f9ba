package dev.allclear.aggregator.report;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which lines of two texts have no counterpart in the other, when as many as possible are matched in order (the longest common
 * subsequence). Positions count from 0.
 */
record Unmatched(Set<Integer> before, Set<Integer> after) {
    static Unmatched of(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        Set<Integer> gone = new TreeSet<>();
        Set<Integer> come = new TreeSet<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                gone.add(i++);
            } else {
                come.add(j++);
            }
        }
        return new Unmatched(gone, come);
    }
}
