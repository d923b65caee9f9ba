package dev.allclear.acceptance.aggregator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long a history's runs waited, in milliseconds. Pure.
 *
 * @param undisturbed from a run's last answer to its final verdict, where no fault was near
 * @param takeovers by kind of fault, for each fault the longest that a run waited because of it, from the fault (or from its last answer,
 *     if that came later) on; where the broker or all aggregators were away, from their return on. What waited while they were away counts
 *     for no other fault: there was nobody to take over
 * @param overshoots how much later than its deadline a run was decided, where no fault was near
 * @param disturbedOvershoots the same of the other runs
 */
record HistoryTimes(
        List<Long> undisturbed,
        Map<String, List<Long>> takeovers,
        List<Long> overshoots,
        List<Long> disturbedOvershoots) {
    /** For how long after a fault what happens is put down to it: a session has to time out, and what has piled up has to be worked off. */
    private static final long AFTERMATH = 20_000;

    static HistoryTimes of(List<Fact> facts) {
        List<Fact.Fault> faults = HistoryAnalysis.all(facts, Fact.Fault.class);
        Map<String, Map<String, Long>> acknowledged = new HashMap<>();
        for (Fact.Published published : HistoryAnalysis.all(facts, Fact.Published.class)) {
            acknowledged
                    .computeIfAbsent(published.run(), run -> new HashMap<>())
                    .merge(published.what(), published.acknowledged(), Math::min);
        }
        Map<String, Long> seen = new HashMap<>();
        for (Fact.VerdictSeen verdict : HistoryAnalysis.all(facts, Fact.VerdictSeen.class)) {
            if (verdict.last()) {
                seen.merge(verdict.run(), verdict.seen(), Math::min);
            }
        }
        List<Long> undisturbed = new ArrayList<>();
        List<Long> overshoots = new ArrayList<>();
        List<Long> disturbedOvershoots = new ArrayList<>();
        List<long[]> waits = new ArrayList<>();
        for (Fact.Planned run : HistoryAnalysis.all(facts, Fact.Planned.class)) {
            Optional<Long> end = Optional.ofNullable(seen.get(run.run()));
            Map<String, Long> said = acknowledged.getOrDefault(run.run(), Map.of());
            Optional<Long> completed = Optional.ofNullable(said.get("completed"));
            if (end.isPresent() && completed.isPresent() && run.deadlineMillis() > 0) {
                long due = completed.get() + run.deadlineMillis();
                boolean quiet = isQuiet(faults, completed.get(), completed.get() + 1_000) && isQuiet(faults, due, due);
                (quiet ? overshoots : disturbedOvershoots).add(Math.max(0, end.get() - due));
            } else if (end.isPresent()) {
                long ready = said.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("started"))
                        .mapToLong(Map.Entry::getValue)
                        .max()
                        .orElse(end.get());
                if (isQuiet(faults, ready, ready)) {
                    undisturbed.add(Math.max(0, end.get() - ready));
                } else {
                    waits.add(new long[] {ready, end.get()});
                }
            }
        }
        Map<String, List<Long>> takeovers = new TreeMap<>();
        faults.forEach(fault -> takeover(fault, faults, waits).ifPresent(wait -> takeovers
                .computeIfAbsent(fault.kind(), kind -> new ArrayList<>())
                .add(wait)));
        return new HistoryTimes(undisturbed, takeovers, overshoots, disturbedOvershoots);
    }

    /** The value that a share of all do not exceed; 0 of none. */
    static long percentile(List<Long> values, double share) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static boolean isQuiet(List<Fact.Fault> faults, long from, long to) {
        return faults.stream().noneMatch(fault -> fault.at() <= to && fault.until() + AFTERMATH >= from);
    }

    private static Optional<Long> takeover(Fact.Fault fault, List<Fact.Fault> faults, List<long[]> waits) {
        long begin = leavesNobody(fault) ? fault.until() : fault.at();
        return waits.stream()
                .filter(wait -> wait[1] >= begin && wait[0] <= fault.until() + AFTERMATH / 2)
                .filter(wait -> faults.stream()
                        .filter(other -> leavesNobody(other) && !other.equals(fault))
                        .noneMatch(nobody -> nobody.at() < wait[1] && nobody.until() > wait[0]))
                .map(wait -> wait[1] - Math.max(begin, wait[0]))
                .max(Comparator.naturalOrder());
    }

    private static boolean leavesNobody(Fact.Fault fault) {
        return fault.kind().equals(Chaos.Kind.BLACKOUT.label()) || fault.kind().equals(Chaos.Kind.BROKER.label());
    }
}
