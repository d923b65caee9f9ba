package dev.allclear.latency;

import java.util.List;
import java.util.Optional;

/**
 * What production's own statements cost, before the migration or in the window after it.
 *
 * @param gap why nothing could be read; there are no statements then, or their windows are empty
 */
record Traffic(List<WatchedStatement> statements, Optional<TrafficGap> gap) {
    static final Traffic NONE = new Traffic(List.of(), Optional.empty());

    Traffic {
        statements = List.copyOf(statements);
    }

    static Traffic unreadable(List<WatchedStatement> statements, TrafficGap gap) {
        return new Traffic(
                statements.stream()
                        .map(statement -> statement.counting(TrafficWindow.NONE, false))
                        .toList(),
                Optional.of(gap));
    }

    /** The statements that were chosen by themselves. */
    List<WatchedStatement> chosen() {
        return statements.stream().filter(WatchedStatement::chosen).toList();
    }

    Optional<WatchedStatement> named(String name) {
        return statements.stream()
                .filter(statement -> statement.name().equals(name))
                .findFirst();
    }

    boolean chose(String name) {
        return named(name).filter(WatchedStatement::chosen).isPresent();
    }

    /** These statements with what they cost between two readings of their entries. */
    static Traffic between(
            List<WatchedStatement> statements, List<StatementCount> earlier, List<StatementCount> later) {
        return new Traffic(
                statements.stream()
                        .map(statement -> between(statement, earlier, later))
                        .toList(),
                Optional.empty());
    }

    /** An entry that does not continue the earlier one was begun anew after it, so that all it counts lies within the window. */
    private static WatchedStatement between(
            WatchedStatement statement, List<StatementCount> earlier, List<StatementCount> later) {
        TrafficWindow sum = TrafficWindow.NONE;
        boolean restarted = false;
        for (StatementCount now : later) {
            if (!now.fingerprint().equals(statement.fingerprint())) {
                continue;
            }
            Optional<StatementCount> then = earlier.stream()
                    .filter(count -> count.id().equals(now.id()))
                    .findFirst();
            boolean continued = then.filter(count ->
                            count.since().equals(now.since()) && now.total().continues(count.total()))
                    .isPresent();
            restarted |= then.isPresent() && !continued;
            sum = sum.plus(continued ? now.total().since(then.get().total()) : now.total());
        }
        boolean vanished = earlier.stream()
                .anyMatch(count -> count.fingerprint().equals(statement.fingerprint())
                        && later.stream().noneMatch(now -> now.id().equals(count.id())));
        return statement.counting(sum, restarted || vanished);
    }
}
