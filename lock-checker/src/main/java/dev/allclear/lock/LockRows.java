package dev.allclear.lock;

import dev.allclear.postgres.ResultRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rows of {@link LockSql#SAMPLE} and {@link LockSql#LEFT}. */
final class LockRows {
    private LockRows() {}

    /** How long the server took for the statement, until its rows were ready. */
    static Duration took(List<ResultRow> rows) {
        return Duration.ofNanos((long) (rows.get(0).decimal("took") * 1e9));
    }

    static Glance glance(List<ResultRow> rows) {
        Map<Integer, Pulse> pulses = new HashMap<>();
        for (ResultRow row : rows) {
            if (row.isNull("pid")) {
                continue;
            }
            int pid = (int) row.number("pid");
            pulses.put(
                    pid,
                    new Pulse(
                            backend(row),
                            row.optionalInstant("xact_start"),
                            row.optionalInstant("query_start"),
                            row.optionalInstant("idle_since"),
                            !row.isNull("waiting") && row.flag("waiting"),
                            !row.isNull("changed") && row.flag("changed")));
        }
        return new Glance(rows.get(0).instant("at"), pulses);
    }

    private static Backend backend(ResultRow row) {
        return new Backend(
                (int) row.number("pid"), row.optionalInstant("backend_start").orElse(Backend.HIDDEN));
    }

    static LockSample sample(List<ResultRow> rows) {
        Instant at = rows.get(0).instant("at");
        Map<Integer, SeenSession> sessions = new HashMap<>();
        Map<Integer, Set<Integer>> blockers = new HashMap<>();
        List<SeenLock> locks = new ArrayList<>();
        List<AdvisoryLock> advisory = new ArrayList<>();
        for (ResultRow row : rows) {
            if (row.isNull("pid")) {
                continue; // nothing was there: one row that only tells the time
            }
            SeenSession session = session(row);
            sessions.put(session.backend().pid(), session);
            Set<Integer> behind = new HashSet<>();
            row.numbers("blockers").forEach(pid -> behind.add(pid.intValue()));
            if (!behind.isEmpty()) {
                blockers.put(session.backend().pid(), behind);
            }
            if (row.optionalText("locktype").filter("advisory"::equals).isPresent()) {
                if (row.flag("granted")) {
                    advisory.add(new AdvisoryLock(
                            session, row.number("high"), row.number("low"), (int) row.number("objsubid")));
                }
            } else if (!row.isNull("locktype")) {
                locks.add(new SeenLock(
                        session,
                        row.optionalText("relation"),
                        row.text("locktype").equals("relation") ? LockMode.of(row.text("mode")) : Optional.empty(),
                        row.flag("granted"),
                        row.optionalInstant("waitstart"),
                        !row.isNull("on_index") && row.flag("on_index")));
            }
        }
        return new LockSample(at, sessions, locks, advisory, blockers, rows.size() >= LockSql.MOST_ROWS);
    }

    private static SeenSession session(ResultRow row) {
        return new SeenSession(
                backend(row),
                row.optionalText("application_name").orElse(""),
                row.optionalText("usename").orElse(""),
                row.optionalText("backend_type").orElse(""),
                row.optionalText("state"),
                row.optionalInstant("xact_start"),
                row.optionalInstant("query_start"),
                row.optionalInstant("state_change"));
    }
}
