package dev.allclear.aggregator.policy;

import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckName;
import dev.allclear.service.RunLimits;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a database's runs are judged by. At least one check is required: a verdict that rests on nothing would be a silent pass.
 *
 * @param deadline how long after the receipt of {@code completed} the required checks may take
 * @param logWatch how long logs are watched after completion
 * @param maxDeadline what an event may ask for at most
 * @param abandonAfter how long a run may go on without {@code completed}
 * @param waivers findings that somebody has accepted for a while
 */
public record Policy(
        Set<CheckName> required,
        Set<CheckName> advisory,
        Duration deadline,
        Duration logWatch,
        Duration maxDeadline,
        Duration abandonAfter,
        List<Waiver> waivers) {
    /** All five built-in checks, five minutes. */
    public static final Policy DEFAULT = new Policy(
            new TreeSet<>(CheckName.builtIn()),
            Set.of(),
            RunLimits.DEFAULT.deadline(),
            RunLimits.DEFAULT.logWatch(),
            RunLimits.DEFAULT.maxDeadline(),
            Duration.ofHours(24),
            List.of());

    public Policy {
        required = Collections.unmodifiableSortedSet(new TreeSet<>(required));
        advisory = Collections.unmodifiableSortedSet(new TreeSet<>(advisory));
        waivers = List.copyOf(waivers);
        if (required.isEmpty()) {
            throw new IllegalArgumentException("a policy requires at least one check");
        }
    }

    /** Without waivers. */
    public Policy(
            Set<CheckName> required,
            Set<CheckName> advisory,
            Duration deadline,
            Duration logWatch,
            Duration maxDeadline,
            Duration abandonAfter) {
        this(required, advisory, deadline, logWatch, maxDeadline, abandonAfter, List.of());
    }

    /** The same with these waivers. */
    public Policy withWaivers(List<Waiver> accepted) {
        return new Policy(required, advisory, deadline, logWatch, maxDeadline, abandonAfter, accepted);
    }

    /** The checks a run must pass: the policy's, and whatever the run itself adds. */
    public Set<CheckName> requiredWith(Collection<CheckName> added) {
        TreeSet<CheckName> all = new TreeSet<>(required);
        all.addAll(added);
        return Collections.unmodifiableSortedSet(all);
    }

    /** How long this run's logs are watched, see {@link RunLimits#logWatchOf}. */
    public Duration logWatch(Optional<Duration> asked) {
        return limits().logWatchOf(asked);
    }

    /** What was asked for, by the run or else by the policy, capped. */
    public Duration askedDeadline(Optional<Duration> asked) {
        return limits().askedDeadlineOf(asked);
    }

    /** The deadline that holds, see {@link RunLimits#deadlineOf(Optional, Optional)}. */
    public Duration effectiveDeadline(Optional<Duration> askedDeadline, Optional<Duration> askedLogWatch) {
        return limits().deadlineOf(askedDeadline, askedLogWatch);
    }

    /** As {@link #effectiveDeadline(Optional, Optional)}, for what a publisher said. */
    public Duration effectiveDeadline(MigrationDescription description) {
        return limits().deadlineOf(description);
    }

    private RunLimits limits() {
        return new RunLimits(deadline, logWatch, maxDeadline);
    }
}
