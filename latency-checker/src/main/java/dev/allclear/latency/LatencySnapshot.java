package dev.allclear.latency;

import java.util.List;
import java.util.Optional;

/**
 * All probes of one moment and the state of the tables they read; the content of this check's baseline.
 *
 * @param role the database role that asked
 * @param traffic what production's own statements cost
 */
record LatencySnapshot(String role, List<Probe> probes, List<TableState> tables, Traffic traffic) {
    static final LatencySnapshot NOTHING = new LatencySnapshot("", List.of(), List.of(), Traffic.NONE);

    LatencySnapshot {
        probes = List.copyOf(probes);
        tables = List.copyOf(tables);
    }

    Optional<Probe> same(Probe other) {
        return probes.stream().filter(other::isAbout).findFirst();
    }

    /** A statement that was only planned has one probe at most. */
    Optional<Probe> planned(String name) {
        return probes.stream().filter(probe -> probe.query().equals(name)).findFirst();
    }

    LatencySnapshot with(List<Probe> others, Traffic observed) {
        return new LatencySnapshot(role, others, tables, observed);
    }

    Optional<TableState> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    Optional<IndexState> index(String name) {
        return tables.stream()
                .flatMap(table -> table.indexes().stream())
                .filter(index -> index.name().equals(name))
                .findFirst();
    }
}
