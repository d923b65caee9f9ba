package dev.allclear.aggregator.console.history;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a run stands in time; as text also the mark from which a list goes on. A mark may be a mere time: the runs before it.
 *
 * @param at when the run was first heard of, by the broker's clock
 */
public record Position(Instant at, String database, String run) implements Comparable<Position> {
    private static final String SEPARATOR = "~";
    private static final Comparator<Position> ORDER =
            Comparator.comparing(Position::at).thenComparing(Position::database).thenComparing(Position::run);

    /** Reads {@code 2026-03-01}, {@code 2026-03-01T10:00:00Z} or what {@link #toString} gave; empty when it is none of these. */
    public static Optional<Position> parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != 1 && parts.length != 3) {
            return Optional.empty();
        }
        try {
            Instant at = parts[0].length() == 10
                    ? LocalDate.parse(parts[0]).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(parts[0]);
            return Optional.of(
                    parts.length == 1
                            ? new Position(at, "", "")
                            : new Position(at, new DatabaseName(parts[1]).value(), new RunId(parts[2]).value()));
        } catch (DateTimeException | IllegalArgumentException neither) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return run.isEmpty() ? at.toString() : at + SEPARATOR + database + SEPARATOR + run;
    }
}
