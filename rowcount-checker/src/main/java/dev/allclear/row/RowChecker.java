package dev.allclear.row;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.service.Parts;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers whether every row got what it should, against what the run itself declares. Keeps nothing between calls. */
public final class RowChecker implements Checker {
    /** Statistics of an idle session come up to 10 s late. */
    static final Duration STATISTICS_PATIENCE = Duration.ofSeconds(11);

    private final Parts parts;
    private final boolean showAllKeys;
    private final Map<DatabaseName, Limits> limits;
    private final Duration patience;
    private final Traffic traffic;

    /** @param limits of each configured database */
    RowChecker(Parts parts, boolean showAllKeys, Map<DatabaseName, Limits> limits, Duration patience) {
        this.parts = parts;
        this.showAllKeys = showAllKeys;
        this.limits = Map.copyOf(limits);
        this.patience = patience;
        this.traffic = new Traffic(parts.vertx(), patience);
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
                : new BaselineMeasurement(errand(context)).of(question);
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context) {
        UsableBaseline before = UsableBaseline.of(baseline, completed);
        Question question = Question.of(completed.description()).and(before.asked());
        if (question.isNone()) {
            return Future.succeededFuture(notAsked(baseline.isPresent(), context));
        }
        Errand errand = errand(context);
        return examine(question, before, errand)
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(
                                new RowReport(List.of(), List.of(), List.of(RowFindings.unanswered(failure))))
                        : Future.failedFuture(cause))
                .map(report -> context.report(
                        report.summary(),
                        report.findings(),
                        report.measurements(),
                        errand.visit().cost().withBlocks(report.blocks())));
    }

    /** Only who knows the start knows that nothing was asked there: a run that takes longer than its start is kept may have asked. */
    private static CheckReport notAsked(boolean startIsKnown, CheckContext context) {
        if (startIsKnown) {
            String why = "the run declares neither expectations nor that it changes data, so rows were not examined";
            return context.notApplicable("Rows were not asked about.", RowFindings.notAsked(why));
        }
        Finding unknown = RowFindings.startNotKnown();
        return context.report("Not proven: " + unknown.message() + ".", List.of(unknown), Map.of(), Cost.NONE);
    }

    private Future<RowReport> examine(Question question, UsableBaseline before, Errand errand) {
        RowExamination rows = new RowExamination(errand, showAllKeys, before);
        Expectations expectations = question.expectations();
        return Catalog.read(errand.visit(), expectations.tables()).compose(catalog -> {
            Binding binding = Binding.of(expectations, catalog);
            return rows.examine(binding).compose(answers -> modification(question, before, rows, errand)
                    .recover(RowChecker::modificationUnknown)
                    .map(more -> new RowReport(answers, binding.findings(), more)));
        });
    }

    /** The expectations have their answers all the same. */
    private static Future<List<Finding>> modificationUnknown(Throwable cause) {
        return cause instanceof DatabaseFailure failure
                ? Future.succeededFuture(List.of(RowFindings.modificationUnknown(failure)))
                : Future.failedFuture(cause);
    }

    private Future<List<Finding>> modification(
            Question question, UsableBaseline before, RowExamination rows, Errand errand) {
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
        errand.progress("looking for changed rows");
        Duration most = errand.context().remaining().dividedBy(2);
        Duration wait = patience.compareTo(most) < 0 ? patience : most;
        return new ModificationExamination(errand.visit(), traffic, wait)
                .examine(question, footprints.get(), answered, rows);
    }

    private Errand errand(CheckContext context) {
        return new Errand(
                parts.databases().get(context.database()).visit(context.check(), context.run()),
                limits.getOrDefault(context.database(), Limits.DEFAULT),
                traffic,
                context);
    }
}
