package dev.allclear.row;

import dev.allclear.model.Finding;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Examines the expectations of one run after its migration: counts, judges, and names the rows that were missed. */
final class RowExamination {
    private final Errand errand;
    private final RowCounter counter;
    private final SumCounter sums;
    private final MissedRows missedRows;
    private final Before before;

    RowExamination(Errand errand, boolean showAllKeys, Before before) {
        this.errand = errand;
        this.counter = new RowCounter(errand);
        this.sums = new SumCounter(errand);
        this.missedRows = new MissedRows(errand, showAllKeys);
        this.before = before;
    }

    Future<List<Answer>> examine(Binding binding) {
        return InOrder.forEach(binding.byTable(), this::table)
                .compose(tables -> InOrder.forEach(binding.sums(), this::sum).map(summed -> {
                    List<Answer> all = new java.util.ArrayList<>();
                    tables.forEach(all::addAll);
                    all.addAll(summed);
                    return all;
                }));
    }

    private Future<List<Answer>> table(List<Bound> bounds) {
        Relation relation = bounds.get(0).relation();
        errand.progress("counting " + relation);
        return counter.count(relation, bounds).compose(readings -> InOrder.forEach(readings, this::answer));
    }

    private Future<Answer> sum(BoundSum sum) {
        errand.progress("counting " + sum.subject() + " and what belongs to it");
        return sums.count(sum.to()).compose(counted -> {
            if (counted.total().isEmpty()) {
                return Future.succeededFuture(answer(
                        sum,
                        Optional.empty(),
                        Optional.of(ExpectationFindings.unanswered(sum, counted)),
                        counted.effort()));
            }
            Judgement judgement = sum.expectation().judge(counted.total().get(), before.count(sum.definition()));
            return judgedByTraffic(
                            judgement, sum.all(), others -> ExpectationFindings.notConserved(sum, judgement, others))
                    .map(finding -> judgement.kind() == Judgement.Kind.NOTHING_TO_COMPARE
                            ? Optional.of(before.missing(
                                    sum.subject(), sum.expectation().says(), sum.definition(), judgement))
                            : finding)
                    .map(finding -> answer(sum, Optional.of(judgement), finding, counted.effort()));
        });
    }

    private static Answer answer(
            BoundSum sum, Optional<Judgement> judgement, Optional<Finding> finding, Effort effort) {
        String sentence = judgement
                .map(Judgement::sentence)
                .or(() -> finding.map(Finding::message))
                .orElse("");
        return new Answer(sum.subject(), sum.expectation().says(), judgement, List.of(), finding, sentence, effort);
    }

    private Future<Answer> answer(Reading reading) {
        Bound bound = reading.about();
        if (reading instanceof Reading.Exact exact) {
            return drifted(exact)
                    .map(doubt -> Future.succeededFuture(Answer.without(bound, doubt, reading.effort())))
                    .orElseGet(() -> judged(bound, judge(exact, exact.counted()), reading.effort()));
        }
        if (reading instanceof Reading.Proof proof) {
            return proven(bound, proof);
        }
        Finding finding = reading instanceof Reading.Silence silence
                ? RowFindings.unanswered(bound, silence.why())
                : RowFindings.hidden(bound);
        return Future.succeededFuture(Answer.without(bound, finding, reading.effort()));
    }

    private Judgement judge(Reading.Exact exact, long counted) {
        Bound bound = exact.about();
        return bound.expectation().judge(bound.relation(), exact.total(), counted, before.count(bound.definition()));
    }

    /** Numbers that drifted while they were counted are judged only where every number that they may have been is judged alike. */
    private Optional<Finding> drifted(Reading.Exact exact) {
        if (exact.drift() == 0 || exact.about().expectation() instanceof Filled) {
            return Optional.empty();
        }
        Judgement least = judge(exact, Math.max(0, exact.counted() - exact.drift()));
        Judgement most = judge(exact, exact.counted() + exact.drift());
        return least.kind() == most.kind()
                ? Optional.empty()
                : Optional.of(ExpectationFindings.drifted(exact.about(), judge(exact, exact.counted()), exact.drift()));
    }

    private Future<Answer> judged(Bound bound, Judgement judgement, Effort effort) {
        return switch (judgement.kind()) {
            case HOLDS -> done(bound, judgement, Optional.empty(), effort);
            case NO_ROWS -> withoutRows(bound, judgement, effort);
            case MISSED, DUPLICATES, DEVIATES -> broken(bound, judgement, effort);
            case AS_BEFORE, DEVIATES_FROM_BEFORE ->
                judgedByTraffic(
                                judgement,
                                List.of(bound.relation()),
                                others -> ExpectationFindings.differsFromBefore(bound, judgement, others))
                        .compose(finding -> done(bound, judgement, finding, effort));
            case NOTHING_TO_COMPARE ->
                done(
                        bound,
                        judgement,
                        Optional.of(before.missing(
                                bound.relation().toString(),
                                bound.expectation().says(),
                                bound.definition(),
                                judgement)),
                        effort);
        };
    }

    /** What others write decides whether a total, right or wrong, tells anything about the migration. */
    private Future<Optional<Finding>> judgedByTraffic(
            Judgement judgement, List<Relation> relations, java.util.function.Function<Others, Finding> wrong) {
        boolean right = judgement.kind() == Judgement.Kind.AS_BEFORE;
        if (!right && judgement.kind() != Judgement.Kind.DEVIATES_FROM_BEFORE) {
            return Future.succeededFuture(Optional.empty());
        }
        return errand.traffic()
                .watch(errand.visit(), relations, judgement.distance(), before.counters(relations))
                .map(others ->
                        right && others.leaveItToTheMigration() ? Optional.empty() : Optional.of(wrong.apply(others)));
    }

    private Future<Answer> broken(Bound bound, Judgement judgement, Effort effort) {
        return missedRows.keys(bound).compose(keys -> {
            Future<Optional<String>> pattern =
                    judgement.kind() == Judgement.Kind.MISSED && effort.strategy() != Strategy.CHUNKS
                            ? missedRows.pattern(bound, judgement)
                            : Future.succeededFuture(Optional.empty());
            return pattern.map(reason -> Answer.of(
                    bound,
                    judgement,
                    keys,
                    Optional.of(ExpectationFindings.broken(bound, judgement, keys, reason)),
                    effort));
        });
    }

    /** No row is no proof, unless there was nothing to begin with. */
    private Future<Answer> withoutRows(Bound bound, Judgement judgement, Effort effort) {
        Optional<Boolean> hadRows = before.hadRows(bound.relation());
        return done(
                bound,
                judgement,
                hadRows.filter(some -> !some).isPresent()
                        ? Optional.empty()
                        : Optional.of(ExpectationFindings.noRows(bound, hadRows)),
                effort);
    }

    private Future<Answer> proven(Bound bound, Reading.Proof proof) {
        if (proof.empty()) {
            return withoutRows(
                    bound,
                    Judgement.noRows(bound.relation(), bound.expectation().says()),
                    proof.effort());
        }
        if (proof.holds()) {
            return Future.succeededFuture(new Answer(
                    bound.relation().toString(),
                    bound.expectation().says(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    bound.relation() + ": no row breaks " + bound.expectation().says(),
                    proof.effort()));
        }
        return missedRows
                .keys(bound)
                .map(keys -> Answer.without(bound, ExpectationFindings.someMissed(bound, keys), proof.effort()));
    }

    private static Future<Answer> done(Bound bound, Judgement judgement, Optional<Finding> finding, Effort effort) {
        return Future.succeededFuture(Answer.of(bound, judgement, List.of(), finding, effort));
    }
}
