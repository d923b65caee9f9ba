package dev.allclear.status;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Databases;
import dev.allclear.postgres.Visit;
import dev.allclear.status.LookReader.OwnSessions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Did the migration really complete, and where did it stop? Looks before, right after, and again when the run has settled, since the
 * backend of a killed tool can finish, and commit, seconds later. Keeps nothing between calls.
 */
final class StatusChecker implements Checker {
    /** Flyway names its sessions itself, whatever PGAPPNAME says, and has changed the name twice; nobody else has these. */
    private static final List<String> FLYWAY_SESSIONS =
            List.of("Redgate_Flyway", "Flyway by Redgate", "Flyway by Boxfuse");
    /** What must be left of the deadline for the second look. */
    private static final Duration FOR_THE_SECOND_LOOK = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Databases databases;
    private final Map<DatabaseName, StatusSettings> settings;

    StatusChecker(Vertx vertx, Databases databases, Map<DatabaseName, StatusSettings> settings) {
        this.vertx = vertx;
        this.databases = databases;
        this.settings = Map.copyOf(settings);
    }

    @Override
    public CheckName name() {
        return CheckName.STATUS;
    }

    @Override
    public Future<Baseline> before(MigrationStarted started, CheckContext context) {
        Visit visit = databases.get(context.database()).visit(name(), context.run());
        return reader(
                        visit,
                        context,
                        started.description().sessions(),
                        started.description().tool())
                .look()
                .map(look -> {
                    Before before = new Before(
                                    Asked.of(started.description()),
                                    started.startedAt(),
                                    look.clock(),
                                    look.tables(),
                                    look.locks().stream()
                                            .map(HeldLock::identity)
                                            .collect(Collectors.toSet()),
                                    look.rowsWritten(),
                                    !look.working().isEmpty(),
                                    look.catalog())
                            .within(Before.ROOM);
                    return new Baseline(before.toContent(), Optional.of(look.clock()));
                });
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context) {
        if (completed.outcome().filter(MigrationOutcome.NOT_STARTED::equals).isPresent()) {
            Finding notRun = StatusFindings.commandNotRun();
            return Future.succeededFuture(
                    context.report(notRun.message(), List.of(notRun), Map.of(), dev.allclear.model.Cost.NONE));
        }
        Optional<Baseline> measured = baseline.filter(content -> !content.isNone());
        Optional<Before> before = measured.map(content -> Before.of(content.content()));
        Optional<String> tooLate = measured.flatMap(content -> content.whyTooLate(completed, name()));
        Asked said = Asked.of(completed.description());
        Asked asked = before.map(earlier -> said.orEarlier(earlier.asked())).orElse(said);
        Visit visit = databases.get(context.database()).visit(name(), context.run());
        LookReader reader = reader(visit, context, completed.description().sessions(), asked.tool());
        Duration settle = settle(context);
        context.progress().accept("reading tracking tables and catalog");
        return reader.look()
                .compose(first -> pause(settle, context)
                        .compose(settled -> {
                            context.progress().accept("looking again");
                            return reader.look();
                        })
                        .map(last -> new Evidence(completed, asked, before, tooLate, first, last, settle)))
                .compose(evidence -> aftermath(visit, evidence)
                        .map(known -> StatusJudge.judge(evidence, known))
                        .recover(failure -> failure instanceof DatabaseFailure unanswered
                                ? Future.succeededFuture(StatusJudge.judge(evidence, Aftermath.UNKNOWN)
                                        .with(unanswered(unanswered)))
                                : Future.failedFuture(failure)))
                .map(judgement -> context.report(
                        judgement.summary(), judgement.findings(), judgement.measurements(), visit.cost()))
                .recover(failure -> failedAnyway(completed, context, visit, failure));
    }

    /** What was found tells what more to ask. */
    private static Future<Aftermath> aftermath(Visit visit, Evidence evidence) {
        return evidence.before()
                .map(before -> new AftermathReader(visit).read(before.catalog(), evidence.catalogNow()))
                .orElseGet(() -> Future.succeededFuture(Aftermath.UNKNOWN));
    }

    private static Finding unanswered(DatabaseFailure failure) {
        return StatusFindings.unanswered(failure.kind().codeSuffix(), String.valueOf(failure.getMessage()));
    }

    /** A command that failed, or that printed errors, did so whether or not the database can still be asked what is left of it. */
    private static Future<CheckReport> failedAnyway(
            MigrationCompleted completed, CheckContext context, Visit visit, Throwable failure) {
        List<Finding> findings = new ArrayList<>(ClaimJudge.judge(completed));
        if (!(failure instanceof DatabaseFailure unanswered)
                || findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
            return Future.failedFuture(failure);
        }
        findings.add(unanswered(unanswered));
        String what = completed.claimsFailure() ? "the migration failed" : "the command printed errors";
        return Future.succeededFuture(
                context.report(what + ", and what is left of it could not be read", findings, Map.of(), visit.cost()));
    }

    private LookReader reader(Visit visit, CheckContext context, SessionHints hints, Optional<String> tool) {
        return new LookReader(visit, settings(context.database()), ownSessions(context.run(), hints, tool), tool);
    }

    private StatusSettings settings(DatabaseName database) {
        return settings.getOrDefault(database, StatusSettings.DEFAULT);
    }

    private static OwnSessions ownSessions(RunId run, SessionHints hints, Optional<String> tool) {
        String ownName = "allclear-run/" + run;
        List<String> names = new ArrayList<>(hints.namesAsShown());
        names.add(ownName);
        if (tool.filter(name -> !name.equals("flyway")).isEmpty()) {
            names.addAll(FLYWAY_SESSIONS);
        }
        boolean roleAlone = hints.user().isPresent()
                && hints.applicationNames().stream().allMatch(ownName::equals)
                && hints.pids().isEmpty();
        return new OwnSessions(names, hints.pids(), hints.user().orElse(""), roleAlone);
    }

    private Duration settle(CheckContext context) {
        Duration wanted = settings(context.database()).settle();
        Duration possible = context.remaining().minus(FOR_THE_SECOND_LOOK);
        Duration settle = possible.compareTo(wanted) < 0 ? possible : wanted;
        return settle.isNegative() ? Duration.ZERO : settle;
    }

    private Future<Void> pause(Duration settle, CheckContext context) {
        context.progress().accept("looking again in " + Durations.rounded(settle));
        if (settle.toMillis() == 0) {
            return Future.succeededFuture();
        }
        Promise<Void> settled = Promise.promise();
        long timer = vertx.setTimer(settle.toMillis(), fired -> settled.tryComplete());
        context.cancellation().onCancel(() -> {
            vertx.cancelTimer(timer);
            settled.tryFail(new CancellationException("nobody waits for the status check of run " + context.run()));
        });
        return settled.future();
    }
}
