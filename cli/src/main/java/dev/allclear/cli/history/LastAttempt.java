package dev.allclear.cli.history;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells the last attempt of an id that was given to several, days apart: the verdict on an earlier one is none on it. An id that was
 * announced once and ended once has one attempt, whatever its clocks say.
 */
final class LastAttempt {
    /** What is apart by so much is of two attempts; sent again an event has the same time, and clocks differ by less. */
    private static final Duration LONG = Duration.ofHours(1);

    private LastAttempt() {}

    /** Those of one run's events that are of its last attempt. */
    static List<? extends AllclearEvent> of(Collection<? extends AllclearEvent> events) {
        List<Instant> starts = times(events, MigrationStarted.class);
        List<Instant> ends = times(events, MigrationCompleted.class);
        if (!isSeveral(starts) && !isSeveral(ends)) {
            return List.copyOf(events);
        }
        Optional<Instant> start = last(starts);
        Optional<Instant> end = last(ends);
        boolean isOver = end.isPresent() && start.filter(end.get()::isBefore).isEmpty();
        // an announcement that has had its end before is not that of the last end
        boolean isAnnounced = start.filter(begun -> !isOver
                        || ends.stream()
                                .noneMatch(other -> other.isBefore(end.get().minus(LONG)) && !other.isBefore(begun)))
                .isPresent();
        Instant news = (isOver ? end : start).orElse(Instant.MIN);
        Instant begun = (isAnnounced ? start : end).orElse(Instant.MIN);
        return events.stream()
                .filter(event -> !event.time().isBefore((isAnswer(event) ? news : begun).minus(LONG)))
                .toList();
    }

    private static boolean isAnswer(AllclearEvent event) {
        return event instanceof CheckStarted || event instanceof CheckCompleted || event instanceof VerdictReached;
    }

    private static List<Instant> times(
            Collection<? extends AllclearEvent> events, Class<? extends AllclearEvent> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(AllclearEvent::time)
                .sorted()
                .toList();
    }

    private static Optional<Instant> last(List<Instant> times) {
        return times.stream().max(Comparator.naturalOrder());
    }

    private static boolean isSeveral(List<Instant> times) {
        return !times.isEmpty()
                && times.get(0).isBefore(times.get(times.size() - 1).minus(LONG));
    }
}
