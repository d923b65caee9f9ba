package dev.allclear.aggregator.console.history;

import java.util.List;
import java.util.Optional;

/**
 * A part of the history, newest first.
 *
 * @param next from where the list goes on; empty at its end
 */
public record RunList(List<RunSummary> runs, Optional<Position> next) {
    public RunList {
        runs = List.copyOf(runs);
    }
}
