package dev.allclear.row;

import dev.allclear.model.Finding;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Examines the expectations of one run after its migration: counts, judges, and names the rows that were missed. */
final class RowExamination {
    private final Visit visit;
    private final RowCounter counter;
    private final Traffic traffic;
    private final boolean showAllKeys;
    private final Before before;
    private final Consumer<String> progress;

    /** The counts from before the migration, or why they are of no use. */
    interface Before {
        Optional<Long> count(Bound bound);

        /** The finding for an expectation that needs a count from before and has none. */
        Finding missing(Bound bound, Judgement judgement);
    }

    RowExamination(Visit visit, Traffic traffic, boolean showAllKeys, Before before, Consumer<String> progress) {
        this.visit = visit;
        this.counter = new RowCounter(visit);
        this.traffic = traffic;
        this.showAllKeys = showAllKeys;
        this.before = before;
        this.progress = progress;
    }

    Future<List<Answer>> examine(Binding binding) {
        return InOrder.forEach(binding.byTable(), this::countTable)
                .map(lists -> lists.stream().flatMap(List::stream).toList())
                .compose(readings -> writtenByOthers(readings)
                        .compose(busy -> InOrder.forEach(readings, reading -> answer(reading, busy))));
    }

    private Future<List<Reading>> countTable(List<Bound> bounds) {
        Relation relation = bounds.get(0).relation();
        progress.accept("counting " + relation);
        return counter.count(relation, bounds);
    }

    /** Looked into only where a total differs from what it was before: everywhere else it makes no difference. */
    private Future<Set<Long>> writtenByOthers(List<Reading> readings) {
        Map<Long, Relation> doubtful = new LinkedHashMap<>();
        for (Reading reading : readings) {
            if (reading instanceof Reading.Exact exact && judge(exact).kind() == Judgement.Kind.DEVIATES_FROM_BEFORE) {
                doubtful.put(exact.about().relation().oid(), exact.about().relation());
            }
        }
        return traffic.writtenNow(visit, List.copyOf(doubtful.values()));
    }

    private Judgement judge(Reading.Exact exact) {
        Bound bound = exact.about();
        return bound.expectation().judge(bound.relation(), exact.total(), exact.counted(), before.count(bound));
    }

    private Future<Answer> answer(Reading reading, Set<Long> busy) {
        Bound bound = reading.about();
        if (reading instanceof Reading.Exact exact) {
            return answer(bound, judge(exact), busy.contains(bound.relation().oid()));
        }
        if (reading instanceof Reading.Coverage coverage) {
            return coverage(bound, coverage.complete());
        }
        if (reading instanceof Reading.Silence silence) {
            return Future.succeededFuture(Answer.without(bound, RowFindings.unanswered(bound, silence.why())));
        }
        return Future.succeededFuture(Answer.without(bound, RowFindings.hidden(bound)));
    }

    private Future<Answer> answer(Bound bound, Judgement judgement, boolean busy) {
        return switch (judgement.kind()) {
            case HOLDS -> done(bound, judgement, Optional.empty());
            case MISSED ->
                counter.missedKeys(bound, showAllKeys)
                        .map(keys -> Answer.of(
                                bound,
                                judgement,
                                keys,
                                Optional.of(RowFindings.incompleteBackfill(bound, judgement, keys))));
            case DEVIATES -> done(bound, judgement, Optional.of(RowFindings.mismatch(bound, judgement)));
            case DEVIATES_FROM_BEFORE ->
                done(
                        bound,
                        judgement,
                        Optional.of(
                                busy
                                        ? RowFindings.concurrentWrites(bound, judgement)
                                        : RowFindings.mismatch(bound, judgement)));
            case NOTHING_TO_COMPARE -> done(bound, judgement, Optional.of(before.missing(bound, judgement)));
        };
    }

    private Future<Answer> coverage(Bound bound, boolean complete) {
        if (complete) {
            String sentence = bound.relation() + ": no row is without "
                    + bound.column().map(Column::name).orElse("");
            return Future.succeededFuture(new Answer(bound, Optional.empty(), List.of(), Optional.empty(), sentence));
        }
        return counter.missedKeys(bound, showAllKeys)
                .map(keys -> Answer.without(bound, RowFindings.someMissed(bound, keys)));
    }

    private static Future<Answer> done(Bound bound, Judgement judgement, Optional<Finding> finding) {
        return Future.succeededFuture(Answer.of(bound, judgement, List.of(), finding));
    }
}
