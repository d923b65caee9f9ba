package dev.allclear.latency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names why a plan became worse from the state of its tables and indexes before and after. Pure. */
final class CauseDiagnosis {
    private final LatencySnapshot before;
    private final LatencySnapshot after;

    CauseDiagnosis(LatencySnapshot before, LatencySnapshot after) {
        this.before = before;
        this.after = after;
    }

    /** The simplest true cause: an index that is lost, statistics that are missing, a visibility map that was reset. */
    Optional<Cause> of(Probe probedBefore, Probe probedAfter) {
        List<String> used = relations(probedBefore, PlanShape::indexes);
        List<String> stillUsed = relations(probedAfter, PlanShape::indexes);
        List<String> tables = relations(probedBefore, PlanShape::tables);
        return used.stream()
                .filter(index -> !stillUsed.contains(index))
                .map(index -> lost(index))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> used.stream()
                        .filter(index -> !stillUsed.contains(index))
                        .map(index -> disabled(index, probedBefore, probedAfter))
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> tables.stream()
                        .map(this::withoutStatistics)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> relations(probedBefore, PlanShape::indexOnly).stream()
                        .map(this::withoutVisibility)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> ExecutionDiagnosis.of(probedBefore, probedAfter, after));
    }

    /** Columns and expression indexes without statistics that had some before, or that did not exist before. */
    List<String> missingStatistics(TableState now) {
        boolean isNew = before.table(now.name()).filter(old -> old.pages() > 0).isEmpty();
        if (now.rows() == 0 || (now.pages() == 0 && isNew)) {
            return List.of();
        }
        List<String> withoutBefore =
                before.table(now.name()).map(TableState::withoutStatistics).orElse(now.withoutStatistics());
        return now.withoutStatistics().stream()
                .filter(column -> !withoutBefore.contains(column))
                .toList();
    }

    boolean lostVisibility(TableState now) {
        return now.allVisiblePages() == 0
                && now.pages() > 0
                && before.table(now.name())
                        .filter(old -> old.allVisiblePages() > 0)
                        .isPresent();
    }

    static String analyze(TableState table, List<String> columns) {
        boolean plainColumns = columns.stream().noneMatch(column -> column.endsWith(")"));
        return "ANALYZE " + table.sqlName() + (plainColumns ? " (" + String.join(", ", columns) + ")" : "") + ";";
    }

    private static List<String> relations(
            Probe probe, java.util.function.Function<PlanShape, List<String>> relationsOf) {
        List<String> found = new ArrayList<>();
        probe.custom().map(relationsOf).ifPresent(found::addAll);
        probe.generic().map(relationsOf).ifPresent(found::addAll);
        return found.stream().distinct().toList();
    }

    private Optional<Cause> lost(String index) {
        Optional<IndexState> old = before.index(index);
        Optional<IndexState> now = after.index(index);
        String which = "the index " + index + ", which it used before, ";
        Optional<TableState> owner = ownerOf(index);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        if (now.isEmpty() && old.filter(state -> hasTwin(state, owner.get())).isPresent()) {
            return Optional.empty();
        }
        if (now.isEmpty()) {
            String create = old.map(IndexState::definition)
                    .filter(definition -> !definition.isEmpty())
                    .map(CauseDiagnosis::concurrently)
                    .orElse("");
            Optional<String> invalid = invalidOn(owner.get());
            String also = invalid.map(other -> "; " + other + " on the same table exists but is invalid")
                    .orElse("");
            Map<String, Object> evidence = new HashMap<>(Map.of("index", index, "indexState", "dropped"));
            invalid.ifPresent(other -> evidence.put("invalidIndex", other));
            return Optional.of(new Cause(which + "no longer exists" + also + ".", create, evidence));
        }
        if (!now.get().valid()) {
            return Optional.of(new Cause(
                    which + "is invalid and cannot be used.",
                    "REINDEX INDEX CONCURRENTLY " + now.get().sqlName() + ";",
                    Map.of("index", index)));
        }
        if (now.get().waits()) {
            return Optional.of(new Cause(
                    which + "was rebuilt and cannot be used until transactions older than it have ended.",
                    "SELECT pid, xact_start, state, query FROM pg_stat_activity"
                            + " WHERE backend_xmin IS NOT NULL ORDER BY xact_start LIMIT 5;",
                    Map.of("index", index)));
        }
        return Optional.empty();
    }

    /** Whether the table has the same index under another name, as after a swap of tables. */
    private static boolean hasTwin(IndexState old, TableState table) {
        return !old.keys().isEmpty()
                && table.indexes().stream()
                        .anyMatch(index ->
                                index.valid() && !index.waits() && index.keys().equals(old.keys()));
    }

    /** The index is there and valid, but its column is now converted before it is compared. */
    private Optional<Cause> disabled(String index, Probe probedBefore, Probe probedAfter) {
        List<String> casts = new ArrayList<>(relations(probedAfter, PlanShape::casts));
        casts.removeAll(relations(probedBefore, PlanShape::casts));
        Optional<TableState> owner = ownerOf(index);
        return owner.flatMap(table -> casts.stream()
                .filter(cast -> cast.startsWith(table.name() + "."))
                .map(cast -> cast.substring(table.name().length() + 1))
                .filter(cast -> after.index(index)
                        .filter(state -> state.keys().contains(cast.substring(0, cast.indexOf("::"))))
                        .isPresent())
                .findFirst()
                .map(cast -> new Cause(
                        "the index " + index + ", which it used before, cannot be used since " + table.name() + "."
                                + cast.replace("::", " is now compared as ") + ".",
                        "CREATE INDEX CONCURRENTLY ON " + table.sqlName() + " ((" + cast + ")); ANALYZE "
                                + table.sqlName() + ";",
                        Map.of("index", index, "cast", cast))));
    }

    /** The table of an index that there was before, as it is now; empty when its state could not be read. */
    private Optional<TableState> ownerOf(String index) {
        return before.tables().stream()
                .filter(table ->
                        table.indexes().stream().anyMatch(old -> old.name().equals(index)))
                .flatMap(table -> after.table(table.name()).stream())
                .findFirst();
    }

    private static Optional<String> invalidOn(TableState table) {
        return table.indexes().stream()
                .filter(other -> !other.valid())
                .map(IndexState::name)
                .findFirst();
    }

    private static String concurrently(String definition) {
        return definition.replaceFirst("^CREATE (UNIQUE )?INDEX ", "CREATE $1INDEX CONCURRENTLY ") + ";";
    }

    private Optional<Cause> withoutStatistics(String table) {
        return after.table(table)
                .filter(now -> !missingStatistics(now).isEmpty())
                .map(now -> new Cause(
                        "the planner has no statistics on " + table + " (" + String.join(", ", missingStatistics(now))
                                + ") since this migration.",
                        analyze(now, missingStatistics(now)),
                        Map.of("table", table)));
    }

    private Optional<Cause> withoutVisibility(String table) {
        return after.table(table)
                .filter(this::lostVisibility)
                .map(now -> new Cause(
                        "the visibility map of " + table + " was reset, so an index alone cannot answer any more.",
                        "VACUUM " + now.sqlName() + ";",
                        Map.of("table", table)));
    }
}
