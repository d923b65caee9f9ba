package dev.allclear.latency;

import java.util.List;
import java.util.Optional;

/**
 * All probes of one moment and the state of the tables they read; the content of this check's baseline.
 *
 * @param role the database role that asked
 */
record LatencySnapshot(String role, List<Probe> probes, List<TableState> tables) {
    LatencySnapshot {
        probes = List.copyOf(probes);
        tables = List.copyOf(tables);
    }

    Optional<Probe> same(Probe other) {
        return probes.stream().filter(other::isAbout).findFirst();
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
