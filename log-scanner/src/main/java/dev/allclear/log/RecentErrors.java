package dev.allclear.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many errors each of the last seconds before a migration saw, so that the time before can be drawn on the scale of the time after.
 *
 * @param perSecond the second just before the start first; at most {@value #MOST_SECONDS}
 */
record RecentErrors(List<Long> perSecond) {
    static final int MOST_SECONDS = 120;
    static final RecentErrors NONE = new RecentErrors(List.of());

    RecentErrors {
        perSecond = perSecond.stream().limit(MOST_SECONDS).toList();
    }

    static boolean isRecent(Instant time, Instant started) {
        return time.isBefore(started) && !time.isBefore(started.minusSeconds(MOST_SECONDS));
    }

    static RecentErrors of(List<Instant> times, Instant started) {
        List<Long> seconds = new ArrayList<>(Collections.nCopies(MOST_SECONDS, 0L));
        for (Instant time : times) {
            int ago = (int) Duration.between(time, started).minusNanos(1).toSeconds();
            seconds.set(ago, seconds.get(ago) + 1);
        }
        return new RecentErrors(seconds);
    }

    /** Of two sources together. */
    RecentErrors plus(RecentErrors other) {
        int length = Math.max(perSecond.size(), other.perSecond.size());
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            sum.add(at(i) + other.at(i));
        }
        return new RecentErrors(sum);
    }

    private long at(int secondsAgo) {
        return secondsAgo < perSecond.size() ? perSecond.get(secondsAgo) : 0;
    }
}
