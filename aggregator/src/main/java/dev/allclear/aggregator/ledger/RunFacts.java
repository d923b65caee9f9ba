package dev.allclear.aggregator.ledger;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * What the publisher has said of a run so far, and when the aggregator heard it. Merging is commutative, associative and idempotent,
 * so that announcement and end may come in any order and more than once.
 *
 * @param startedAgain the latest time of an announcement, where it is another than the first one's
 * @param completedAgain the latest time of an end, where it is another than the first one's
 * @param startedSeen when the announcement was first received
 * @param completedSeen when the end of the migration was first received; the deadline counts from here
 * @param failed whether the publisher itself says that the command failed
 * @param notStarted true where the publisher says that the command was never run, else empty
 */
public record RunFacts(
        Optional<Instant> startedAt,
        Optional<Instant> startedAgain,
        Optional<Instant> startedSeen,
        Optional<Instant> completedAt,
        Optional<Instant> completedAgain,
        Optional<Instant> completedSeen,
        Optional<Boolean> failed,
        Optional<Boolean> notStarted,
        List<CheckName> addedChecks,
        Optional<Boolean> reversible,
        Optional<Duration> deadline,
        Optional<Duration> logWatch,
        Optional<String> change,
        Map<String, String> links) {
    public static final RunFacts NOTHING = of(MigrationDescription.NOTHING_SAID, "");
    private static final int MOST_LINKS = 10;

    /** Who sends an end again without a time of its own, because nobody had acknowledged it, does so for no longer. */
    private static final Duration SENT_AGAIN = Duration.ofMinutes(5);

    public RunFacts {
        addedChecks = List.copyOf(new TreeSet<>(addedChecks));
        links = Map.copyOf(links);
    }

    static RunFacts of(MigrationStarted started, Instant seen) {
        return of(started.description(), changeOf(started.database(), started.description()))
                .with(
                        Optional.of(started.startedAt()),
                        Optional.of(seen),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    static RunFacts of(MigrationCompleted completed, Instant seen) {
        return of(completed.description(), changeOf(completed.database(), completed.description()))
                .with(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(completed.completedAt()),
                        Optional.of(seen),
                        Optional.of(completed.claimsFailure() && !wasNotStarted(completed)),
                        Optional.of(true).filter(yes -> wasNotStarted(completed)));
    }

    /** A command that was never run has not failed, and proves nothing. */
    private static boolean wasNotStarted(MigrationCompleted completed) {
        return completed.outcome().filter(MigrationOutcome.NOT_STARTED::equals).isPresent();
    }

    private static RunFacts of(MigrationDescription said, String change) {
        TreeMap<String, String> links = new TreeMap<>(said.links());
        while (links.size() > MOST_LINKS) {
            links.pollLastEntry();
        }
        return new RunFacts(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                said.checks(),
                said.reversible(),
                said.deadline(),
                said.logWatch(),
                Optional.of(change).filter(text -> !text.isEmpty()),
                links);
    }

    private RunFacts with(
            Optional<Instant> startedAt,
            Optional<Instant> startedSeen,
            Optional<Instant> completedAt,
            Optional<Instant> completedSeen,
            Optional<Boolean> failed,
            Optional<Boolean> notStarted) {
        return new RunFacts(
                startedAt,
                Optional.empty(),
                startedSeen,
                completedAt,
                Optional.empty(),
                completedSeen,
                failed,
                notStarted,
                addedChecks,
                reversible,
                deadline,
                logWatch,
                change,
                links);
    }

    /** What stays the same over retries of a migration: as the publisher says, else the target versions. */
    private static String changeOf(DatabaseName database, MigrationDescription said) {
        return said.change()
                .orElseGet(() -> said.targetVersions().isEmpty()
                        ? ""
                        : database + "@" + String.join(",", new TreeSet<>(said.targetVersions())));
    }

    RunFacts merge(RunFacts other) {
        TreeSet<CheckName> checks = new TreeSet<>(addedChecks);
        checks.addAll(other.addedChecks);
        TreeMap<String, String> allLinks = new TreeMap<>(links);
        other.links.forEach((name, link) -> allLinks.merge(name, link, least()));
        Optional<Instant> first = join(startedAt, other.startedAt, least());
        Optional<Instant> over = join(completedAt, other.completedAt, least());
        return new RunFacts(
                first,
                latest(startedAgain.or(() -> startedAt), other.startedAgain.or(() -> other.startedAt), first),
                join(startedSeen, other.startedSeen, least()),
                over,
                latest(completedAgain.or(() -> completedAt), other.completedAgain.or(() -> other.completedAt), over),
                join(completedSeen, other.completedSeen, least()),
                join(failed, other.failed, most()),
                join(notStarted, other.notStarted, most()),
                List.copyOf(checks),
                join(reversible, other.reversible, least()),
                join(deadline, other.deadline, most()),
                join(logWatch, other.logWatch, most()),
                join(change, other.change, least()),
                allLinks);
    }

    /** The later of two times, where it is another than the first. */
    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other, Optional<Instant> first) {
        return join(one, other, most()).filter(again -> !first.equals(Optional.of(again)));
    }

    /** Whether it began or ended anew after it had ended. */
    boolean isRepeated() {
        return repeatedAt().isPresent();
    }

    /** When it began or ended anew after it had ended. Sent again, the same announcement has the same time. */
    Optional<Instant> repeatedAt() {
        return completedAt.flatMap(over -> startedAgain
                .filter(again -> again.isAfter(over))
                .or(() -> completedAgain.filter(again -> again.isAfter(over.plus(SENT_AGAIN)))));
    }

    boolean isOpen() {
        return startedSeen.isPresent() || completedSeen.isPresent();
    }

    private static <T> Optional<T> join(Optional<T> one, Optional<T> other, BinaryOperator<T> choose) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(choose.apply(one.get(), other.get()))
                : one.or(() -> other);
    }

    private static <T extends Comparable<? super T>> BinaryOperator<T> least() {
        return BinaryOperator.minBy(Comparator.naturalOrder());
    }

    private static <T extends Comparable<? super T>> BinaryOperator<T> most() {
        return BinaryOperator.maxBy(Comparator.naturalOrder());
    }
}
