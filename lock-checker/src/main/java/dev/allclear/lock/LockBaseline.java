package dev.allclear.lock;

import dev.allclear.check.Baseline;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
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
 * @param lag how long the announcement had been on its way when we looked, by the publisher's clock
 * @param prepared identifiers of prepared transactions
 * @param advisory identities of advisory locks
 * @param sessions identities ({@code pid@start}) of sessions that were idle in transaction or held a lock that blocks writes
 */
record LockBaseline(Instant since, Duration lag, Set<String> prepared, Set<String> advisory, Set<String> sessions) {
    private static final int MOST = 500;
    /** An announcement is on its way for so long, and clocks differ by so much. */
    private static final Duration ORDINARY = Duration.ofSeconds(1);
    /** A clock that differs by more is not believed. */
    private static final Duration MOST_LEAD = Duration.ofMinutes(10);
    /** Older announcements are not read at all, so the clock is wrong for certain. */
    private static final Duration MOST_LAG = Duration.ofHours(24);

    LockBaseline {
        prepared = Set.copyOf(prepared);
        advisory = Set.copyOf(advisory);
        sessions = Set.copyOf(sessions);
    }

    /** @param lag how long before the look the run was announced, as far as clocks can tell */
    static LockBaseline of(LastLook look, Duration lag) {
        Set<String> sessions = look.sample().sessions().values().stream()
                .filter(session -> session.isIdleInTransaction()
                        || look.heldBy(session.backend()).stream().anyMatch(SeenLock::blocksWrites))
                .map(session -> identity(session.backend()))
                .collect(Collectors.toSet());
        Instant since = look.sample().at().minus(isBelieved(lag) ? lag : Duration.ZERO);
        // the migration need not wait for this look, so it may have begun: what is younger than the run was not there
        // before
        return new LockBaseline(
                since,
                lag,
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

    private static boolean isBelieved(Duration lag) {
        return !lag.isNegative() && lag.compareTo(MOST_LEAD) <= 0;
    }

    /** The beginning of a run that did not wait for us, as far as it went by unseen. */
    Optional<Gap> unseen() {
        return isBelieved(lag) && lag.compareTo(ORDINARY) > 0
                ? Optional.of(new Gap(since, since.plus(lag)))
                : Optional.empty();
    }

    /** Why it cannot be told how much of a run that did not wait for us went by unseen. */
    Optional<String> whyTooLate() {
        return lag.compareTo(MOST_LEAD) > 0 && lag.compareTo(MOST_LAG) <= 0
                ? Optional.of("the run was announced " + Durations.rounded(lag)
                        + " before locks were looked at, by the publisher's clock, and it did not wait")
                : Optional.empty();
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
        content.put("lag", lag.toString());
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
                    Duration.parse(String.valueOf(baseline.content().getOrDefault("lag", Duration.ZERO))),
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
