package dev.allclear.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether anything was modified, as far as footprints tell. Counters hold everybody's changes, those rolled back too. */
final class ModificationJudge {
    private ModificationJudge() {}

    /**
     * What happened to the watched tables between two moments.
     *
     * @param totals of those whose counters moved, in words
     */
    record Modification(
            List<String> changed, List<String> untouched, List<String> totals, boolean statisticsLost, long tuples) {
        boolean isNothing() {
            return changed.isEmpty() && !statisticsLost;
        }
    }

    static Modification between(Map<String, Footprint> before, Map<String, Footprint> after) {
        List<String> changed = new ArrayList<>();
        List<String> untouched = new ArrayList<>();
        List<String> totals = new ArrayList<>();
        boolean lost = false;
        long tuples = 0;
        for (Map.Entry<String, Footprint> entry : after.entrySet()) {
            Footprint now = entry.getValue();
            Footprint then = Optional.ofNullable(before.get(entry.getKey()))
                    .orElseGet(() -> new Footprint(now.schema(), now.table(), 0, 0, 0, now.files(), now.columns()));
            lost |= isSmaller(now, then) && now.files().equals(then.files());
            tuples += Math.max(0, now.changed() - then.changed());
            boolean moved = now.changed() != then.changed() || !now.files().equals(then.files());
            (moved ? changed : untouched).add(now.name());
            if (now.changed() > then.changed()) {
                totals.add(now.name() + " +" + Numbers.text(now.inserted() - then.inserted()) + " -"
                        + Numbers.text(now.deleted() - then.deleted()) + " rows, "
                        + Numbers.text(now.updated() - then.updated()) + " updated");
            }
        }
        // A table that is gone was changed as thoroughly as can be.
        before.forEach((key, then) -> {
            if (!after.containsKey(key)) {
                changed.add(then.name());
            }
        });
        return new Modification(List.copyOf(changed), List.copyOf(untouched), List.copyOf(totals), lost, tuples);
    }

    /** Columns that a table has now and had not before; none for a table that is new itself. */
    static List<String> newColumns(Optional<Footprint> before, Footprint after) {
        return before.map(then -> after.columns().stream()
                        .filter(column -> !then.columns().contains(column))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isSmaller(Footprint now, Footprint then) {
        return now.inserted() < then.inserted() || now.updated() < then.updated() || now.deleted() < then.deleted();
    }
}
