package dev.allclear.aggregator.console.history;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Runs by time, bounded in number, and in the bytes of whole events that are kept for them: the oldest are thinned first. */
final class Shelf {
    private final int mostRuns;
    private final long mostBytes;
    private final TreeMap<Position, RunEntry> byTime = new TreeMap<>();
    private final TreeMap<Position, RunEntry> whole = new TreeMap<>();
    private long bytes;

    Shelf(int mostRuns, long mostBytes) {
        this.mostRuns = mostRuns;
        this.mostBytes = mostBytes;
    }

    /** To be called before an entry changes. */
    void take(RunEntry entry) {
        if (byTime.remove(entry.position()) != null) {
            whole.remove(entry.position());
            bytes -= entry.bytes();
        }
    }

    /** Puts an entry there and returns those that had to go for it. */
    List<RunEntry> put(RunEntry entry) {
        byTime.put(entry.position(), entry);
        if (entry.isWhole()) {
            whole.put(entry.position(), entry);
        }
        bytes += entry.bytes();
        List<RunEntry> gone = new ArrayList<>();
        while (byTime.size() > mostRuns) {
            RunEntry oldest = byTime.firstEntry().getValue();
            take(oldest);
            gone.add(oldest);
        }
        while (bytes > mostBytes && whole.size() > 1) {
            RunEntry oldest = whole.pollFirstEntry().getValue();
            bytes -= oldest.bytes();
            oldest.thin();
        }
        return gone;
    }

    NavigableMap<Position, RunEntry> byTime() {
        return byTime;
    }

    int whole() {
        return whole.size();
    }

    long bytes() {
        return bytes;
    }
}
