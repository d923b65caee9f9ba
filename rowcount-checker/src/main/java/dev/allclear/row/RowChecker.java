package dev.allclear.row;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Visit;
import dev.allclear.service.Parts;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers whether every row got what it should, against what the run itself declares. Keeps nothing between calls. */
public final class RowChecker implements Checker {
    /** Statistics of an idle session come up to 10 s late. */
    static final Duration STATISTICS_PATIENCE = Duration.ofSeconds(11);

    private final Parts parts;
    private final boolean showAllKeys;
    private final Duration patience;
    private final Traffic traffic;

    RowChecker(Parts parts, boolean showAllKeys, Duration patience) {
        this.parts = parts;
        this.showAllKeys = showAllKeys;
        this.patience = patience;
        this.traffic = new Traffic(parts.vertx());
    }

    @Override
    public CheckName name() {
        return CheckName.ROWS;
    }

    @Override
    public Future<Baseline> before(MigrationStarted started, CheckContext context) {
        Question question = Question.of(started.description());
        return question.isNone()
                ? Future.succeededFuture(Baseline.none())
                : new BaselineMeasurement(visit(context)).of(question);
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context) {
        Optional<Baseline> measured = baseline.filter(one -> !one.isNone());
        Optional<RowBaseline> before = measured.map(one -> RowBaseline.of(one.content()));
        Question question = Question.of(completed.description())
                .and(before.map(RowBaseline::asked).orElse(Question.NONE));
        if (question.isNone()) {
            String why = "the run declares neither expectations nor that it changes data, so rows were not examined";
            return Future.succeededFuture(
                    context.notApplicable("Rows were not asked about.", RowFindings.notAsked(why)));
        }
        Visit visit = visit(context);
        UsableBaseline usable =
                new UsableBaseline(before, measured.flatMap(one -> one.whyTooLate(completed, CheckName.ROWS)));
        RowExamination rows = new RowExamination(visit, traffic, showAllKeys, usable, context.progress());
        return examine(question, usable, rows, visit, context)
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(
                                new RowReport(List.of(), List.of(), List.of(RowFindings.unanswered(failure))))
                        : Future.failedFuture(cause))
                .map(report ->
                        context.report(report.summary(), report.findings(), report.measurements(), visit.cost()));
    }

    private Future<RowReport> examine(
            Question question, UsableBaseline before, RowExamination rows, Visit visit, CheckContext context) {
        Expectations expectations = question.expectations();
        Set<String> names = new LinkedHashSet<>(
                expectations.readable().stream().map(Expectation::table).toList());
        return Catalog.read(visit, names).compose(catalog -> {
            Binding binding = Binding.of(expectations, catalog);
            return rows.examine(binding).compose(answers -> modification(question, before, rows, visit, context)
                    .map(more -> new RowReport(answers, binding.findings(), more)));
        });
    }

    private Future<List<Finding>> modification(
            Question question, UsableBaseline before, RowExamination rows, Visit visit, CheckContext context) {
        if (!question.dataChanging()) {
            return Future.succeededFuture(List.of());
        }
        boolean answered = !question.declared().isEmpty();
        Optional<Map<String, Footprint>> footprints = before.footprints();
        if (footprints.isEmpty()) {
            return Future.succeededFuture(List.of(
                    answered
                            ? RowFindings.notAsked(
                                    "whether anything was modified at all is unknown without a measurement"
                                            + " from before; the declared expectations are what was examined")
                            : before.whyNoFootprints()));
        }
        context.progress().accept("looking for changed rows");
        Duration most = context.remaining().dividedBy(2);
        Duration wait = patience.compareTo(most) < 0 ? patience : most;
        return new ModificationExamination(visit, traffic, wait).examine(question, footprints.get(), answered, rows);
    }

    private Visit visit(CheckContext context) {
        return parts.databases().get(context.database()).visit(context.check(), context.run());
    }

    /**
     * The baseline as far as it can be trusted.
     *
     * @param late why it may already hold the migration, and so proves nothing
     */
    private record UsableBaseline(Optional<RowBaseline> measured, Optional<String> late)
            implements RowExamination.Before {
        @Override
        public Optional<Long> count(Bound bound) {
            return isLate()
                    ? Optional.empty()
                    : measured.flatMap(one -> Optional.ofNullable(one.counts().get(bound.definition())));
        }

        @Override
        public Finding missing(Bound bound, Judgement judgement) {
            return isLate()
                    ? RowFindings.contaminated(bound.relation().toString(), late.get())
                    : RowFindings.noBaseline(
                            bound,
                            judgement,
                            measured.flatMap(
                                    one -> Optional.ofNullable(one.uncounted().get(bound.definition()))));
        }

        Optional<Map<String, Footprint>> footprints() {
            return isLate() ? Optional.empty() : measured.flatMap(RowBaseline::footprints);
        }

        Finding whyNoFootprints() {
            if (isLate()) {
                return RowFindings.contaminated("", late.get());
            }
            return measured.filter(one -> one.asked().dataChanging()).isPresent()
                    ? RowFindings.tooManyTables()
                    : RowFindings.noBaseline();
        }

        private boolean isLate() {
            return late.isPresent();
        }
    }
}
