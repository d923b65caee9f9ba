package dev.allclear.aggregator.console.history;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One run while it is being put together. Not thread-safe: the history guards it. */
final class RunEntry {
    private static final int MOST_CHECKS = 50;
    private static final int LONGEST_TEXT = 200;

    /** After a day a run's name may be used again, and what was said so long before its announcement is of an earlier attempt. */
    private static final Duration ATTEMPT = Duration.ofHours(23);

    private final RunKey key;
    private final Map<String, Packed> parts = new HashMap<>(8);
    private final Map<CheckName, CheckProgress> checks = new TreeMap<>();
    private Instant firstHeard;
    private Instant lastHeard;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> completedAt = Optional.empty();
    private Optional<Instant> completedHeard = Optional.empty();
    private Optional<Decided> decided = Optional.empty();
    private Optional<Instant> decidedHeard = Optional.empty();
    private Optional<Instant> announced = Optional.empty();
    private String migration = "";
    private boolean isWhole = true;

    RunEntry(RunKey key, Instant heard) {
        this.key = key;
        this.firstHeard = heard;
        this.lastHeard = heard;
    }

    /** Takes an event in; returns whether anything is new in it. */
    boolean accept(ReceivedEvent received) {
        firstHeard = received.timestamp().isBefore(firstHeard) ? received.timestamp() : firstHeard;
        lastHeard = received.timestamp().isAfter(lastHeard) ? received.timestamp() : lastHeard;
        AllclearEvent event = received.event();
        if (isOfAnEarlierAttempt(received.timestamp())) {
            return false;
        }
        if (event instanceof MigrationStarted started) {
            return announce(started, received.timestamp());
        } else if (event instanceof MigrationCompleted completed) {
            return end(completed, received.timestamp());
        } else if (event instanceof VerdictReached reached) {
            return decide(reached, received.timestamp());
        } else if (event instanceof CheckCompleted completed) {
            return answer(completed, received.id());
        } else if (event instanceof CheckStarted started) {
            return progress(started.check())
                    .filter(known -> known.outcome().isEmpty())
                    .map(known -> put(
                            started.check(),
                            known.doing(Excerpt.of(started.activity(), LONGEST_TEXT), received.timestamp())))
                    .orElse(false);
        } else if (event instanceof BaselineCaptured baseline) {
            String why = Excerpt.of(baseline.reason().orElse(""), LONGEST_TEXT);
            return progress(baseline.check())
                    .map(known -> put(baseline.check(), known.with(baseline.status(), why, received.timestamp())))
                    .orElse(false);
        }
        return false;
    }

    private boolean isOfAnEarlierAttempt(Instant heard) {
        return announced.filter(heard.plus(ATTEMPT)::isBefore).isPresent();
    }

    /** Sent again, the same announcement has the same time. */
    private boolean announce(MigrationStarted started, Instant heard) {
        if (startedAt.filter(started.startedAt()::equals).isPresent()) {
            return false;
        }
        announced = announced.filter(heard::isBefore).or(() -> Optional.of(heard));
        if (decidedHeard.filter(this::isOfAnEarlierAttempt).isPresent()) {
            startedAt = Optional.empty();
            completedAt = Optional.empty();
            completedHeard = Optional.empty();
            decided = Optional.empty();
            decidedHeard = Optional.empty();
            checks.clear();
            parts.clear();
        }
        return startedAt.isEmpty() && begin(started);
    }

    private boolean begin(MigrationStarted started) {
        startedAt = Optional.of(started.startedAt());
        describe(started.description());
        keep("started", started);
        return true;
    }

    /** The first end counts; one that was told so long after it, with another time, is of another attempt, which nobody announced. */
    private boolean end(MigrationCompleted completed, Instant heard) {
        if (completedAt.filter(completed.completedAt()::equals).isPresent()
                || (completedHeard.isPresent() && !isLongBefore(completedHeard, heard))) {
            return false;
        }
        if (completedAt.isPresent()) {
            startedAt = Optional.empty();
            announced = Optional.of(heard);
            checks.clear();
            parts.clear();
        }
        if (isLongBefore(decidedHeard, heard)) {
            decided = Optional.empty();
            decidedHeard = Optional.empty();
            parts.remove("verdict");
        }
        completedAt = Optional.of(completed.completedAt());
        describe(completed.description());
        completedHeard = Optional.of(heard);
        keep("completed", completed);
        return true;
    }

    /** Whether this was heard at all, and in an earlier attempt than that. */
    private static boolean isLongBefore(Optional<Instant> one, Instant other) {
        return one.filter(heard -> heard.plus(ATTEMPT).isBefore(other)).isPresent();
    }

    private void describe(MigrationDescription said) {
        String tool = said.tool().orElse("");
        String targets = String.join(", ", said.targetVersions());
        String text = tool.isEmpty() || targets.isEmpty() ? tool + targets : tool + " → " + targets;
        migration = text.isEmpty() ? migration : Excerpt.of(text, LONGEST_TEXT);
    }

    private boolean decide(VerdictReached reached, Instant heard) {
        Verdict verdict = reached.verdict();
        boolean isOld = Stream.of(completedHeard, decidedHeard)
                .flatMap(Optional::stream)
                .anyMatch(known -> heard.plus(ATTEMPT).isBefore(known));
        boolean isKnown =
                decided.filter(known -> known.revision() >= verdict.revision()).isPresent();
        // of another attempt the revisions begin anew
        if (isOld || (isKnown && !isLongBefore(decidedHeard, heard))) {
            return false;
        }
        decided = Optional.of(Decided.of(verdict));
        decidedHeard = Optional.of(heard);
        keep("verdict", reached);
        return true;
    }

    private boolean answer(CheckCompleted event, String id) {
        CheckReport report = event.report();
        Optional<CheckProgress> known =
                progress(report.check()).filter(progress -> progress.yieldsTo(report.outcome(), id));
        known.ifPresent(progress -> {
            put(report.check(), progress.answered(report.outcome(), id));
            keep("check " + report.check(), event);
        });
        return known.isPresent();
    }

    /** A run has a handful of checks; names beyond that are noise, or worse. */
    private Optional<CheckProgress> progress(CheckName check) {
        return checks.size() >= MOST_CHECKS && !checks.containsKey(check)
                ? Optional.empty()
                : Optional.of(checks.getOrDefault(check, CheckProgress.NOTHING));
    }

    private boolean put(CheckName check, CheckProgress progress) {
        return !progress.equals(checks.put(check, progress));
    }

    private void keep(String slot, AllclearEvent event) {
        if (isWhole) {
            parts.put(slot, Packed.of(event));
        }
    }

    /** Lets the whole events go; what is in the list stays. */
    void thin() {
        parts.clear();
        isWhole = false;
    }

    boolean isWhole() {
        return isWhole;
    }

    /** Whether a publisher or the aggregator speaks of it: a run that only checks mention is nobody's. */
    boolean isKnown() {
        return startedAt.isPresent() || completedAt.isPresent() || decided.isPresent();
    }

    /** Whether a copy that is being put together again knows as much as this one does. */
    boolean isCaughtUpBy(RunEntry copy) {
        return copy.startedAt.isPresent() == startedAt.isPresent()
                && copy.completedAt.isPresent() == completedAt.isPresent()
                && copy.decided.map(Decided::revision).orElse(0)
                        >= decided.map(Decided::revision).orElse(0)
                && checks.entrySet().stream()
                        .filter(check -> check.getValue().outcome().isPresent())
                        .allMatch(check -> copy.checks
                                .getOrDefault(check.getKey(), CheckProgress.NOTHING)
                                .answerId()
                                .equals(check.getValue().answerId()));
    }

    int bytes() {
        return parts.values().stream().mapToInt(Packed::size).sum();
    }

    RunKey key() {
        return key;
    }

    Optional<Decided> decided() {
        return decided;
    }

    Position position() {
        return new Position(firstHeard, key.database().value(), key.run().value());
    }

    List<Packed> parts() {
        return new ArrayList<>(parts.values());
    }

    RunSummary summary() {
        Map<CheckName, CheckProgress> progress = new TreeMap<>(checks);
        progress.replaceAll((check, known) -> known.asOf(completedHeard));
        return new RunSummary(key, position(), lastHeard, startedAt, completedAt, migration, decided, progress);
    }
}
