package dev.allclear.acceptance.aggregator;

import dev.allclear.codec.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a history. Times are milliseconds of the one clock that all processes of a campaign share. */
sealed interface Fact {
    /**
     * A run that is going to be published, and what must come of it.
     *
     * @param decision by an oracle apart from the ledger
     * @param deadlineMillis how long after its completion it is decided, where answers are withheld; else 0
     */
    record Planned(String run, String database, String decision, long deadlineMillis) implements Fact {}

    /** A record that the broker has acknowledged; {@code what} names the event, or the check that answered. */
    record Published(String run, String what, long sent, long acknowledged) implements Fact {}

    /** Something done to a process; {@code until} is when that was over, such as when the broker was back. */
    record Fault(String kind, long at, long until) implements Fact {}

    /** A verdict as a reader saw it. */
    record VerdictSeen(
            String run,
            int revision,
            String decision,
            boolean last,
            long decided,
            long seen,
            String place,
            String digest)
            implements Fact {}

    /** An alert as a reader saw it. */
    record AlertSeen(String alertId, String run, boolean firing, long seen, String place) implements Fact {}

    /** A dead letter as a reader saw it; {@code what} is the value's beginning. */
    record DeadSeen(String what, String kind, long seen, String place) implements Fact {}

    /** A place that a second reader found after everything was over, reading from the beginning. */
    record Reread(String place) implements Fact {}

    default String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fact", getClass().getSimpleName());
        fields.putAll(Json.toMap(this));
        return Json.write(fields);
    }

    static Fact of(String line) {
        Map<String, Object> fields = new LinkedHashMap<>(Json.parse(line));
        String name = String.valueOf(fields.remove("fact"));
        for (Class<?> kind : Fact.class.getPermittedSubclasses()) {
            if (kind.getSimpleName().equals(name)) {
                return (Fact) Json.fromMap(fields, kind);
            }
        }
        throw new IllegalArgumentException("no fact: " + line);
    }
}
