package dev.allclear.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in many bytes where one of many literals occurs, looking at every fifth position only (more seldom where all literals are
 * longer than eight bytes): one of five consecutive four-byte pieces of a literal stands at such a position, wherever it begins.
 * The pieces are looked up in a small table; what hits is compared. Letter case of ASCII does not count. Immutable.
 */
final class LiteralSearch {
    static final int SHORTEST = 8;
    private static final int PIECE = 4;
    private static final int FOLD = 0x20202020;
    private static final int HASH = 0x9E3779B1;
    private static final int BITS = 15;

    /** Letters by how often logs use them, roughly; a piece of rare ones hits less often by chance. */
    private static final String FREQUENT = "etaoinsr lcdpmu-.0:12gfhb/y_=34\"vw56k789,x";

    private final byte[][] literals;
    private final int step;
    private final byte[] table = new byte[1 << BITS];
    /** The hashes' candidates: literal and offset of the piece in it, as {@code literal << 8 | offset}. */
    private final int[][] candidates = new int[1 << BITS][];

    LiteralSearch(List<String> texts) {
        this(texts.stream().map(LiteralSearch::folded).toArray(byte[][]::new), new int[1 << BITS]);
    }

    private LiteralSearch(byte[][] literals, int[] counts) {
        this.literals = literals;
        step = Arrays.stream(literals).mapToInt(literal -> literal.length).min().orElse(SHORTEST) - PIECE + 1;
        Map<Integer, List<Integer>> lists = new HashMap<>();
        for (int id = 0; id < literals.length; id++) {
            byte[] bytes = literals[id];
            int first = rarest(bytes, counts, step);
            for (int offset = first; offset < first + step; offset++) {
                lists.computeIfAbsent(slot(piece(bytes, offset)), slot -> new ArrayList<>())
                        .add(id << 8 | offset);
            }
        }
        lists.forEach((slot, entries) -> {
            table[slot] = 1;
            candidates[slot] = entries.stream().mapToInt(Integer::intValue).toArray();
        });
    }

    private static byte[] folded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST || bytes.length > 255) {
            throw new IllegalArgumentException("a literal has 8 to 255 bytes: " + text);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] |= 0x20;
        }
        return bytes;
    }

    /** The same search with those pieces looked up that are the rarest in a sample. */
    LiteralSearch tunedTo(ByteBuffer sample, int from, int to) {
        int[] counts = new int[1 << BITS];
        for (int at = from; at + PIECE <= to; at += step) {
            counts[slot(sample.getInt(at) | FOLD)]++;
        }
        return new LiteralSearch(literals, counts);
    }

    /**
     * Where the next literal begins, or -1.
     *
     * @param bytes in little-endian order
     * @param from where to begin; a literal that begins before may be missed
     */
    int next(ByteBuffer bytes, int from, int to) {
        byte[] known = table;
        int last = to - PIECE;
        int stride = step;
        int at = from;
        while (at <= last) {
            int slot = ((bytes.getInt(at) | FOLD) * HASH) >>> (32 - BITS);
            if (known[slot] != 0) {
                int found = confirm(bytes, at, from, to, candidates[slot]);
                if (found >= 0) {
                    return found;
                }
            }
            at += stride;
        }
        return -1;
    }

    private int confirm(ByteBuffer bytes, int at, int from, int to, int[] entries) {
        for (int entry : entries) {
            byte[] literal = literals[entry >>> 8];
            int begin = at - (entry & 0xff);
            if (begin >= from && begin + literal.length <= to && isAt(bytes, begin, literal)) {
                return begin;
            }
        }
        return -1;
    }

    private static boolean isAt(ByteBuffer bytes, int begin, byte[] literal) {
        for (int i = 0; i < literal.length; i++) {
            if ((bytes.get(begin + i) | 0x20) != literal[i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(int piece) {
        return (piece * HASH) >>> (32 - BITS);
    }

    private static int piece(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    /** Where as many pieces begin as are looked for that are the rarest in the sample or, where that does not tell, in logs. */
    private static int rarest(byte[] bytes, int[] counts, int step) {
        int best = 0;
        double bestCost = Double.MAX_VALUE;
        for (int first = 0; first + step + PIECE - 1 <= bytes.length; first++) {
            double cost = 0;
            for (int offset = first; offset < first + step; offset++) {
                double chance = 1;
                for (int i = offset; i < offset + PIECE; i++) {
                    int rank = FREQUENT.indexOf((char) bytes[i]);
                    chance *= 1.0 / ((rank < 0 ? FREQUENT.length() : rank) + 8);
                }
                cost += counts[slot(piece(bytes, offset))] + chance;
            }
            if (cost < bestCost) {
                bestCost = cost;
                best = first;
            }
        }
        return best;
    }
}
