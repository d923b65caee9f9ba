package dev.allclear.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who waited, from when to when, and behind whom. The server says when a wait began; its end lies between two looks. Not thread-safe. */
final class WaitLedger {
    private final Map<Backend, Open> open = new LinkedHashMap<>();
    private final List<LockWait> ended = new ArrayList<>();

    private static final class Open {
        private final SeenLock lock;
        private final Instant from;
        private final Map<Backend, SeenSession> blockers = new LinkedHashMap<>();
        private Instant seen;

        Open(SeenLock lock, Instant at) {
            this.lock = lock;
            this.from = lock.waitingSince().filter(at::isAfter).orElse(at);
            this.seen = at;
        }

        LockWait until(Instant to) {
            return new LockWait(
                    lock.session(),
                    lock.relation(),
                    from,
                    to.isBefore(from) ? from : to,
                    Set.copyOf(blockers.values()));
        }
    }

    void glance(Glance glance) {
        Set<Backend> still = glance.waiting();
        open.forEach((backend, wait) -> {
            if (still.contains(backend)) {
                wait.seen = glance.at();
            }
        });
        endAllBut(still, glance.at());
    }

    void read(LockSample sample) {
        Instant at = sample.at();
        Set<Backend> still = new HashSet<>();
        for (SeenLock lock : sample.locks()) {
            if (lock.granted()) {
                continue;
            }
            Backend backend = lock.session().backend();
            Optional<Open> known = Optional.ofNullable(open.get(backend));
            if (known.isPresent()
                    && lock.waitingSince().filter(known.get().from::isBefore).isPresent()
                    && lock.waitingSince().filter(known.get().seen::isBefore).isPresent()) {
                end(known.get(), at);
                known = Optional.empty();
            }
            Open wait = known.orElseGet(() -> new Open(lock, at));
            open.put(backend, wait);
            sample.allBlockersOf(backend.pid()).forEach(blocker -> wait.blockers.put(blocker.backend(), blocker));
            wait.seen = at;
            still.add(backend);
        }
        endAllBut(still, at);
        Bounded.keepLongest(ended, Comparator.comparing(LockWait::length));
    }

    private void endAllBut(Set<Backend> still, Instant at) {
        open.entrySet().removeIf(entry -> {
            boolean over = !still.contains(entry.getKey());
            if (over) {
                end(entry.getValue(), at);
            }
            return over;
        });
    }

    private void end(Open wait, Instant at) {
        ended.add(wait.until(wait.seen.plus(Duration.between(wait.seen, at).dividedBy(2))));
    }

    /** When the session was last seen waiting: it cannot have got its lock before. */
    Optional<Instant> lastSeen(Backend backend) {
        return Optional.ofNullable(open.get(backend)).map(wait -> wait.seen);
    }

    Set<Backend> waiting() {
        return Set.copyOf(open.keySet());
    }

    /** Longest first; one that goes on ends with the last look. */
    List<LockWait> waits() {
        return Stream.concat(ended.stream(), open.values().stream().map(wait -> wait.until(wait.seen)))
                .sorted(Comparator.comparing(LockWait::length).reversed())
                .toList();
    }
}
