package dev.allclear.aggregator.ledger;

import dev.allclear.aggregator.policy.Policy;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything known of one run. Immutable; each event gives a new ledger and, where there is something new to say, a verdict. What is
 * known in the end, and so the decision, does not depend on the order or the number of times in which events arrive; only how many
 * revisions lead there does.
 *
 * @param answers by check, the one that counts where there were several
 * @param overlapping runs of the same database that went on at the same time
 * @param deadlinePassed whether the time for answers is up
 * @param abandoned whether the time for {@code completed} is up
 * @param revision of the last verdict; 0 while there is none
 * @param changedAt when something new was last learned, by the aggregator's clock
 */
public record RunLedger(
        RunId run,
        DatabaseName database,
        RunFacts facts,
        Map<CheckName, Answer> answers,
        List<RunId> overlapping,
        boolean deadlinePassed,
        boolean abandoned,
        int revision,
        Instant changedAt) {
    /** How long a decided run is remembered for late and repeated events. */
    public static final Duration RETENTION = Duration.ofHours(24);

    private static final int MOST_UNASKED = 10;

    public RunLedger {
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
        overlapping = List.copyOf(new TreeSet<>(overlapping));
    }

    public static RunLedger of(DatabaseName database, RunId run, Instant now) {
        return new RunLedger(run, database, RunFacts.NOTHING, Map.of(), List.of(), false, false, 0, now);
    }

    /** Takes in the announcement of the run, received at {@code now}, and whom of its neighbours it overlaps. */
    public Step started(MigrationStarted event, RunWindows neighbours, Instant now, Policy policy) {
        return to(withFacts(RunFacts.of(event, now), neighbours), now, policy);
    }

    /** Takes in the end of the migration, received at {@code now}; the deadline counts from its first receipt. */
    public Step completed(MigrationCompleted event, RunWindows neighbours, Instant now, Policy policy) {
        return to(withFacts(RunFacts.of(event, now), neighbours), now, policy);
    }

    /** Takes in a check's answer; of two different ones the worse counts. */
    public Step answered(CheckReport report, String eventId, Instant now, Policy policy) {
        Map<CheckName, Answer> more = new TreeMap<>(answers);
        more.merge(report.check(), Answer.of(report, eventId), Answer::or);
        dropUnasked(more.keySet(), policy);
        return to(copy(facts, more, overlapping, deadlinePassed, abandoned, revision, changedAt), now, policy);
    }

    /** Whoever may publish answers may name checks without end: of those that nobody asked for only the first few are kept. */
    private void dropUnasked(Set<CheckName> answered, Policy policy) {
        Set<CheckName> unasked = new TreeSet<>(answered);
        unasked.removeAll(policy.requiredWith(facts.addedChecks()));
        unasked.removeAll(policy.advisory());
        unasked.stream().skip(MOST_UNASKED).forEach(answered::remove);
    }

    /** Takes in which other runs of the database went on at the same time, as known by now. */
    public Step overlapping(Collection<RunId> others, Instant now, Policy policy) {
        return to(
                copy(facts, answers, List.copyOf(others), deadlinePassed, abandoned, revision, changedAt), now, policy);
    }

    /** Lets time pass: decides what is due. */
    public Step at(Instant now, Policy policy) {
        boolean due = nextDue(policy).filter(when -> !when.isAfter(now)).isPresent();
        if (!due || isRetired(now, policy)) {
            return new Step(this, Optional.empty());
        }
        boolean completed = facts.completedSeen().isPresent();
        return to(
                copy(
                        facts,
                        answers,
                        overlapping,
                        deadlinePassed || completed,
                        abandoned || !completed,
                        revision,
                        changedAt),
                now,
                policy);
    }

    /** When this ledger wants to be looked at next: its deadline, its abandonment or, once decided, its retirement. */
    public Optional<Instant> nextDue(Policy policy) {
        if (!facts.isOpen()) {
            return Optional.empty();
        }
        if (isDecided(policy)) {
            return Optional.of(changedAt.plus(RETENTION));
        }
        return facts.completedSeen()
                .map(seen -> seen.plus(policy.effectiveDeadline(facts.deadline(), facts.logWatch())))
                .or(() -> facts.startedSeen().map(seen -> seen.plus(policy.abandonAfter())));
    }

    /** Whether the last word, as far as is known, has been spoken. */
    public boolean isDecided(Policy policy) {
        return RunJudge.isFinal(this, policy);
    }

    /** Whether a decided run has been quiet for so long that its ledger may go. */
    public boolean isRetired(Instant now, Policy policy) {
        return facts.isOpen() && isDecided(policy) && !changedAt.plus(RETENTION).isAfter(now);
    }

    /** What stays the same over retries of this migration. */
    public String change() {
        return facts.change().orElse(database.value());
    }

    private Step to(RunLedger next, Instant now, Policy policy) {
        if (next.equals(this)) {
            return new Step(this, Optional.empty());
        }
        RunLedger changed = copy(
                next.facts, next.answers, next.overlapping, next.deadlinePassed, next.abandoned, next.revision, now);
        Judgement after = RunJudge.judge(changed, policy);
        if (!changed.facts.isOpen() || !after.isToBeSaid()) {
            return new Step(changed, Optional.empty());
        }
        boolean isNews = changed.revision == 0 || !after.equals(RunJudge.judge(this, policy));
        if (!isNews) {
            return new Step(changed, Optional.empty());
        }
        RunLedger said = changed.withRevision(revision + 1);
        return new Step(said, Optional.of(after.verdict(said, revision + 1, now)));
    }

    private RunLedger withFacts(RunFacts heard, RunWindows neighbours) {
        RunLedger more = copy(facts.merge(heard), answers, overlapping, deadlinePassed, abandoned, revision, changedAt);
        List<RunId> overlapped = neighbours.with(more).overlapping(run);
        return copy(more.facts, answers, overlapped, deadlinePassed, abandoned, revision, changedAt);
    }

    private RunLedger withRevision(int number) {
        return copy(facts, answers, overlapping, deadlinePassed, abandoned, number, changedAt);
    }

    private RunLedger copy(
            RunFacts facts,
            Map<CheckName, Answer> answers,
            List<RunId> overlapping,
            boolean deadlinePassed,
            boolean abandoned,
            int revision,
            Instant changedAt) {
        return new RunLedger(
                run, database, facts, answers, overlapping, deadlinePassed, abandoned, revision, changedAt);
    }
}
