package dev.allclear.lock;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often to look, so that looking costs at most {@link #SHARE} of one core of the server: sessions every interval, or less often
 * where even that is dear; the lock table as often as what is left allows, sooner when there is news, and never more rarely than
 * {@link #RAREST} or what it costs demands. What a look costs is the least of its latest durations as the server measured them,
 * since a busy machine stretches most of them. Not thread-safe.
 */
final class Pace {
    static final double SHARE = 0.0035;
    static final Duration RAREST = Duration.ofSeconds(2);
    private static final double SHARE_OF_GLANCES = SHARE * 0.75;
    private static final double SHARE_WITHOUT_NEWS = SHARE * 0.2;
    private static final int SLOWEST = 20;
    /** In nanoseconds; saved up, so that several pieces of news in a row find the lock table readable. */
    private static final double MOST_CREDIT = 8_000_000;

    private final Duration interval;
    private final Recent glances = new Recent();
    private final Recent reads = new Recent();
    private double credit = MOST_CREDIT;

    private static final class Recent {
        private static final int KEPT = 8;
        /** The first looks of a connection fill the server's caches, which says nothing about those to come. */
        private static final int WARM = 3;

        private final Deque<Duration> durations = new ArrayDeque<>();

        void add(Duration duration) {
            durations.add(duration);
            if (durations.size() > KEPT) {
                durations.remove();
            }
        }

        double leastNanos() {
            return durations.size() < WARM
                    ? 0
                    : durations.stream()
                            .mapToDouble(duration -> (double) duration.toNanos())
                            .min()
                            .orElse(0);
        }
    }

    Pace(Duration interval) {
        this.interval = interval;
    }

    void glanced(Duration took, Duration sinceLast) {
        glances.add(took);
        credit = Math.min(MOST_CREDIT, credit + SHARE * (double) sinceLast.toNanos() - glances.leastNanos());
    }

    void readLocks(Duration took) {
        reads.add(took);
        credit = Math.max(-MOST_CREDIT, credit - reads.leastNanos());
    }

    /**
     * Whether the lock table is to be read now.
     *
     * @param news whether a session did something that may have taken a lock
     * @param since the time since it was last read
     */
    boolean isDue(boolean news, Duration since) {
        double needed = news ? 0 : Math.max(MOST_CREDIT / 2, reads.leastNanos());
        return credit >= needed || since.compareTo(longestBetweenReads()) >= 0;
    }

    private Duration longestBetweenReads() {
        long affordable = (long) (reads.leastNanos() / SHARE_WITHOUT_NEWS);
        return Duration.ofNanos(Math.max(RAREST.toNanos(), Math.min(affordable, RAREST.toNanos() * 10)));
    }

    /** The time from the beginning of one look at the sessions to the beginning of the next. */
    Duration period() {
        long nanos = Math.max(interval.toNanos(), (long) (glances.leastNanos() / SHARE_OF_GLANCES));
        return Duration.ofNanos(Math.min(nanos, interval.toNanos() * SLOWEST));
    }

    /** How long to wait before trying again after so many failures in a row. */
    Duration backOff(int failures) {
        return Duration.ofMillis(Math.min(5_000, 100L << Math.min(10, failures - 1)));
    }
}
