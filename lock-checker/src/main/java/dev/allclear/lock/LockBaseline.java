package dev.allclear.lock;

import dev.allclear.check.Baseline;
import dev.allclear.model.DatabaseName;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was there before the run.
 *
 * @param since when the run began, by the database's clock
 * @param prepared identifiers of prepared transactions
 * @param advisory identities of advisory locks
 * @param sessions identities ({@code pid@start}) of sessions that were idle in transaction or held a lock that blocks writes
 */
record LockBaseline(Instant since, Set<String> prepared, Set<String> advisory, Set<String> sessions) {
    private static final int MOST = 500;

    LockBaseline {
        prepared = Set.copyOf(prepared);
        advisory = Set.copyOf(advisory);
        sessions = Set.copyOf(sessions);
    }

    /** @param lead how long before the look the run was announced */
    static LockBaseline of(LastLook look, Duration lead) {
        Set<String> sessions = look.sample().sessions().values().stream()
                .filter(session -> session.isIdleInTransaction()
                        || look.heldBy(session.backend()).stream().anyMatch(SeenLock::blocksWrites))
                .map(session -> identity(session.backend()))
                .collect(Collectors.toSet());
        Instant since = look.sample().at().minus(lead);
        // the migration need not wait for this look, so it may have begun: what is younger than the run was not there
        // before
        return new LockBaseline(
                since,
                look.prepared().stream()
                        .filter(transaction -> transaction.at().isBefore(since))
                        .map(PreparedTransaction::gid)
                        .collect(Collectors.toSet()),
                look.sample().advisory().stream()
                        .filter(lock -> lock.session().backend().startedAt().isBefore(since))
                        .map(AdvisoryLock::identity)
                        .collect(Collectors.toSet()),
                sessions);
    }

    boolean had(Backend backend) {
        return sessions.contains(identity(backend));
    }

    private static String identity(Backend backend) {
        return backend.pid() + "@" + backend.startedAt();
    }

    Baseline toBaseline(DatabaseName database) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("database", database.value());
        content.put("since", since.toString());
        content.put("prepared", bounded(prepared));
        content.put("advisory", bounded(advisory));
        content.put("sessions", bounded(sessions));
        return new Baseline(content, Optional.of(since));
    }

    /** Empty for content that is not ours. */
    static Optional<LockBaseline> read(Baseline baseline) {
        try {
            return Optional.of(new LockBaseline(
                    Instant.parse(String.valueOf(baseline.content().get("since"))),
                    strings(baseline.content().get("prepared")),
                    strings(baseline.content().get("advisory")),
                    strings(baseline.content().get("sessions"))));
        } catch (DateTimeParseException foreign) {
            return Optional.empty();
        }
    }

    private static List<String> bounded(Set<String> values) {
        return new TreeSet<>(values).stream().limit(MOST).toList();
    }

    private static Set<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of();
    }
}
