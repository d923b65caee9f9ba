package dev.allclear.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Finds which of many literals occur in a text, in one pass whatever their number (Aho and Corasick, 1975). Letter case
 * does not count, and a run of white space counts as one blank. Immutable.
 */
final class Literals {
    private final char[] classOf = new char[Character.MAX_VALUE + 1];
    private final int classes;
    private final int[] next;
    private final int[][] found;

    Literals(List<String> literals) {
        char count = 1;
        for (String literal : literals) {
            for (char c : literal.toLowerCase(Locale.ROOT).toCharArray()) {
                if (classOf[c] == 0) {
                    classOf[c] = count++;
                    classOf[Character.toUpperCase(c)] = classOf[c];
                }
            }
        }
        classOf['\n'] = classOf['\t'] = classOf['\r'] = classOf[' '];
        classes = count;
        List<int[]> nodes = new ArrayList<>();
        List<List<Integer>> outputs = new ArrayList<>();
        add(nodes, outputs);
        for (int id = 0; id < literals.size(); id++) {
            int node = 0;
            for (char c : literals.get(id).toCharArray()) {
                int[] edges = nodes.get(node);
                if (edges[classOf[c]] == 0) {
                    edges[classOf[c]] = add(nodes, outputs);
                }
                node = edges[classOf[c]];
            }
            outputs.get(node).add(id);
        }
        complete(nodes, outputs);
        next = new int[nodes.size() * classes];
        found = new int[nodes.size()][];
        for (int node = 0; node < nodes.size(); node++) {
            System.arraycopy(nodes.get(node), 0, next, node * classes, classes);
            found[node] = outputs.get(node).stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private int add(List<int[]> nodes, List<List<Integer>> outputs) {
        nodes.add(new int[classes]);
        outputs.add(new ArrayList<>());
        return nodes.size() - 1;
    }

    /** Turns the tree into an automaton that never steps back. */
    private void complete(List<int[]> nodes, List<List<Integer>> outputs) {
        int[] fallback = new int[nodes.size()];
        Deque<Integer> queue = new ArrayDeque<>();
        Arrays.stream(nodes.get(0)).filter(node -> node != 0).forEach(queue::add);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            int[] edges = nodes.get(node);
            int[] fallbackEdges = nodes.get(fallback[node]);
            outputs.get(node).addAll(outputs.get(fallback[node]));
            for (int c = 0; c < classes; c++) {
                if (edges[c] == 0) {
                    edges[c] = fallbackEdges[c];
                } else {
                    fallback[edges[c]] = fallbackEdges[c];
                    queue.add(edges[c]);
                }
            }
        }
    }

    /** The indexes of the literals that occur. */
    BitSet in(CharSequence text) {
        BitSet hits = new BitSet();
        int node = 0;
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isBlank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            if (isBlank && blank) {
                continue;
            }
            blank = isBlank;
            node = next[node * classes + classOf[c]];
            for (int id : found[node]) {
                hits.set(id);
            }
        }
        return hits;
    }
}
