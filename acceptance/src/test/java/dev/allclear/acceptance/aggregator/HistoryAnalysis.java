package dev.allclear.acceptance.aggregator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a history shows: which of its promises were kept. Pure. Every list is empty when all is well; its entries name what is wrong.
 *
 * @param missing runs without a final verdict, and revisions that were skipped
 * @param conflicting runs that were decided twice, or of which one revision says two things
 * @param duplicates the same revision at two places
 * @param wrong final verdicts that the oracle contradicts
 * @param alerts alerts that are missing, doubled or beyond what the decisions ask for
 * @param deadLetters garbage that is missing among the dead letters, doubled, or not garbage
 * @param reread what only one of two readers saw
 */
record HistoryAnalysis(
        int runs,
        List<String> missing,
        List<String> conflicting,
        List<String> duplicates,
        List<String> wrong,
        List<String> alerts,
        List<String> deadLetters,
        List<String> reread) {

    static HistoryAnalysis of(List<Fact> facts) {
        List<Fact.Planned> planned = all(facts, Fact.Planned.class);
        Map<String, List<Fact.VerdictSeen>> verdicts = new HashMap<>();
        all(facts, Fact.VerdictSeen.class)
                .forEach(seen -> verdicts.computeIfAbsent(seen.run(), run -> new ArrayList<>())
                        .add(seen));
        Lists lists = new Lists();
        Set<String> known = new HashSet<>();
        for (Fact.Planned run : planned) {
            known.add(run.run());
            lists.judge(run, verdicts.getOrDefault(run.run(), List.of()));
        }
        verdicts.keySet().stream()
                .filter(run -> !known.contains(run))
                .forEach(run -> lists.wrong.add("a verdict on " + run + ", which is no run"));
        return new HistoryAnalysis(
                planned.size(),
                lists.missing,
                lists.conflicting,
                lists.duplicates,
                lists.wrong,
                alerts(facts, planned),
                deadLetters(facts),
                reread(facts));
    }

    boolean isClean() {
        return missing.isEmpty()
                && conflicting.isEmpty()
                && duplicates.isEmpty()
                && wrong.isEmpty()
                && alerts.isEmpty()
                && deadLetters.isEmpty()
                && reread.isEmpty();
    }

    /** The lists that are not empty, each by its name. */
    Map<String, List<String>> complaints() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("missing", missing);
        all.put("conflicting", conflicting);
        all.put("duplicates", duplicates);
        all.put("wrong", wrong);
        all.put("alerts", alerts);
        all.put("dead letters", deadLetters);
        all.put("reread", reread);
        all.values().removeIf(List::isEmpty);
        return all;
    }

    static <T extends Fact> List<T> all(List<Fact> facts, Class<T> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static final class Lists {
        final List<String> missing = new ArrayList<>();
        final List<String> conflicting = new ArrayList<>();
        final List<String> duplicates = new ArrayList<>();
        final List<String> wrong = new ArrayList<>();

        void judge(Fact.Planned run, List<Fact.VerdictSeen> seen) {
            Map<Integer, Fact.VerdictSeen> byRevision = new TreeMap<>();
            int latest = 0;
            for (Fact.VerdictSeen verdict : seen) {
                Fact.VerdictSeen other = byRevision.putIfAbsent(verdict.revision(), verdict);
                if (other != null && other.digest().equals(verdict.digest())) {
                    duplicates.add(run.run() + " revision " + verdict.revision() + " at " + other.place() + " and "
                            + verdict.place());
                } else if (other != null) {
                    conflicting.add(run.run() + " revision " + verdict.revision() + " is said differently at "
                            + other.place() + " and " + verdict.place());
                } else if (verdict.revision() < latest) {
                    conflicting.add(run.run() + " revision " + verdict.revision() + " comes after " + latest);
                }
                latest = Math.max(latest, verdict.revision());
            }
            if (latest > byRevision.size()) {
                missing.add(run.run() + " has revisions " + byRevision.keySet() + " only");
            }
            List<Fact.VerdictSeen> last =
                    byRevision.values().stream().filter(Fact.VerdictSeen::last).toList();
            if (last.isEmpty()) {
                missing.add(run.run() + " has no final verdict");
            } else if (last.size() > 1) {
                conflicting.add(run.run() + " has " + last.size() + " final verdicts: "
                        + last.stream().map(Fact.VerdictSeen::decision).toList());
            } else if (last.get(0).revision() != latest) {
                conflicting.add(run.run() + " has a revision after its final one");
            }
            if (!last.isEmpty() && !last.get(last.size() - 1).decision().equals(run.decision())) {
                wrong.add(run.run() + " is " + last.get(last.size() - 1).decision() + " instead of " + run.decision());
            }
        }
    }

    private static List<String> alerts(List<Fact> facts, List<Fact.Planned> planned) {
        Map<String, Integer> balance = new TreeMap<>();
        for (Fact.Planned run : planned) {
            if (!run.decision().equals("PASS")) {
                String id =
                        run.database() + "/" + run.run() + "/" + run.decision().toLowerCase(java.util.Locale.ROOT);
                balance.merge("firing " + id, 1, Integer::sum);
            }
        }
        for (Fact.AlertSeen seen : all(facts, Fact.AlertSeen.class)) {
            balance.merge((seen.firing() ? "firing " : "resolved ") + seen.alertId(), -1, Integer::sum);
        }
        return unbalanced(balance);
    }

    private static List<String> deadLetters(List<Fact> facts) {
        Map<String, Integer> balance = new TreeMap<>();
        all(facts, Fact.Published.class).stream()
                .filter(published -> published.what().equals("poison"))
                .forEach(published -> balance.merge(published.run(), 1, Integer::sum));
        all(facts, Fact.DeadSeen.class).forEach(dead -> balance.merge(dead.what(), -1, Integer::sum));
        return unbalanced(balance);
    }

    private static List<String> reread(List<Fact> facts) {
        Map<String, Integer> balance = new TreeMap<>();
        all(facts, Fact.Reread.class).forEach(place -> balance.merge(place.place(), 1, Integer::sum));
        all(facts, Fact.VerdictSeen.class).forEach(seen -> balance.merge(seen.place(), -1, Integer::sum));
        all(facts, Fact.AlertSeen.class).forEach(seen -> balance.merge(seen.place(), -1, Integer::sum));
        all(facts, Fact.DeadSeen.class).forEach(seen -> balance.merge(seen.place(), -1, Integer::sum));
        return unbalanced(balance);
    }

    private static List<String> unbalanced(Map<String, Integer> balance) {
        List<String> words = new ArrayList<>();
        balance.forEach((what, left) -> {
            if (left != 0) {
                words.add(what + (left > 0 ? " is missing" : " is there " + -left + " times too often"));
            }
        });
        return words;
    }
}
