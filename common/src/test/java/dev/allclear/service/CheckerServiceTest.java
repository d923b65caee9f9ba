package dev.allclear.service;

import static dev.allclear.service.ServiceFixture.RUN;
import static dev.allclear.service.ServiceFixture.SHOP;
import static dev.allclear.service.ServiceFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckerServiceTest {
    private final ServiceFixture fixture = new ServiceFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void answersAnAnnouncementWithADurableBaseline() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        assertThat(fixture.sink.baselines()).singleElement().satisfies(baseline -> {
            assertThat(baseline.status()).isEqualTo(BaselineStatus.CAPTURED);
            assertThat(baseline.content()).containsEntry("rows", 7);
            assertThat(baseline.databaseClock()).contains(ServiceFixture.NOON);
            assertThat(baseline.started()).contains(fixture.started());
        });
    }

    @Test
    void whatWasAnnouncedStillHolds_whereTheCompletionIsSilent() {
        MigrationDescription none = MigrationDescription.NOTHING_SAID;
        MigrationDescription said = new MigrationDescription(
                Optional.of("flyway"),
                none.targetVersions(),
                none.tables(),
                none.dataChanging(),
                none.reversible(),
                none.application(),
                none.expectations(),
                none.checks(),
                none.sessions(),
                none.logWatch(),
                none.deadline(),
                none.change(),
                none.links());
        MigrationStarted announced = new MigrationStarted(
                fixture.started().run(), SHOP, fixture.started().startedAt(), said);
        await(fixture.service.handle(announced, announced.time()));

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.checker.completions).singleElement().satisfies(completed -> assertThat(
                        completed.description().tool())
                .contains("flyway"));
    }

    @Test
    void runsOfTwoDatabasesStayApart_whenTheyShareAName() {
        DatabaseName bank = new DatabaseName("bank");
        fixture.owned.add(bank);
        MigrationStarted second =
                new MigrationStarted(RUN, bank, fixture.started().startedAt(), MigrationDescription.NOTHING_SAID);
        await(fixture.service.handle(fixture.started(), ServiceFixture.NOON));
        await(fixture.service.handle(second, ServiceFixture.NOON));

        await(fixture.service.handle(fixture.completed(bank, Optional.empty()), ServiceFixture.NOON));
        await(fixture.service.handle(fixture.completed(), ServiceFixture.NOON));

        assertThat(fixture.sink.baselines())
                .extracting(BaselineCaptured::database)
                .containsExactly(SHOP, bank);
        assertThat(fixture.sink.reports()).extracting(CheckReport::database).containsExactly(bank, SHOP);
    }

    @Test
    void doesNotFinishTheAnnouncementBeforeTheBaselineIsDurable() {
        Promise<Void> broker = Promise.promise();
        fixture.sink.acknowledgement = broker.future();

        Future<Void> handled =
                fixture.service.handle(fixture.started(), fixture.started().time());
        await().until(() -> !fixture.checker.calls.isEmpty());

        assertThat(handled.isComplete()).isFalse();
        broker.complete();
        await(handled);
    }

    @Test
    void saysThatACheckNeedsNoBaseline() {
        fixture.checker.before = context -> Future.succeededFuture(Baseline.none());

        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        assertThat(fixture.sink.baselines()).singleElement().satisfies(baseline -> assertThat(baseline.status())
                .isEqualTo(BaselineStatus.NONE));
    }

    @Test
    void aBaselineThatCannotBeTakenIsFailedWithItsReason() {
        fixture.checker.before = context -> Future.failedFuture(
                new DatabaseFailure(DatabaseFailure.Kind.UNREACHABLE, Optional.empty(), "database shop is down"));

        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.sink.baselines()).singleElement().satisfies(baseline -> {
            assertThat(baseline.status()).isEqualTo(BaselineStatus.FAILED);
            assertThat(baseline.reason()).contains("database shop is down");
        });
        assertThat(fixture.checker.baselines).containsExactly(Optional.empty());
    }

    @Test
    void aBaselineThatIsTooLargeIsFailed() {
        fixture.checker.before =
                context -> Future.succeededFuture(new Baseline(Map.of("text", "x".repeat(5 << 20)), Optional.empty()));

        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        assertThat(fixture.sink.baselines().get(0).reason().orElseThrow()).contains("limit 4194304");
    }

    @Test
    void aBaselineThatTakesTooLongIsFailedAndCancelled() {
        fixture.useLimits(Duration.ofMillis(50), Duration.ofMinutes(5));
        fixture.checker.before = context -> FakeChecker.never();

        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        assertThat(fixture.sink.baselines().get(0).reason().orElseThrow()).contains("no baseline within 50ms");
        await().until(() -> fixture.checker.contexts.get(0).cancellation().isCancelled());
    }

    @Test
    void reportsWithTheBaselineAndForgets() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.sink.reports()).singleElement().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(report.checkerVersion()).isEqualTo("1.2.3");
        });
        assertThat(fixture.checker.baselines.get(0).orElseThrow().content()).containsEntry("rows", 7);
        assertThat(fixture.checker.calls).containsExactly("before r1", "after r1", "forget r1");
    }

    @Test
    void reportsWithoutAnAnnouncement() {
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.sink.reports()).hasSize(1);
        assertThat(fixture.checker.baselines).containsExactly(Optional.empty());
    }

    @Test
    void afterWaitsForTheEndOfBefore() {
        Promise<Baseline> measuring = Promise.promise();
        fixture.checker.before = context -> measuring.future();

        Future<Void> announced =
                fixture.service.handle(fixture.started(), fixture.started().time());
        Future<Void> completed =
                fixture.service.handle(fixture.completed(), fixture.completed().time());
        await().until(() -> fixture.checker.calls.contains("before r1"));
        assertThat(fixture.checker.calls).doesNotContain("after r1");
        measuring.complete(new Baseline(Map.of("rows", 8), Optional.empty()));
        await(announced);
        await(completed);

        assertThat(fixture.checker.baselines.get(0).orElseThrow().content()).containsEntry("rows", 8);
    }

    @Test
    void doesNotMeasureBeforeWhenTheMigrationHasCompleted() {
        Promise<CheckReport> looking = Promise.promise();
        CheckContext[] seen = new CheckContext[1];
        fixture.checker.after = context -> {
            seen[0] = context;
            return looking.future();
        };

        Future<Void> completed =
                fixture.service.handle(fixture.completed(), fixture.completed().time());
        Future<Void> announced =
                fixture.service.handle(fixture.started(), fixture.started().time());
        await().until(() -> fixture.checker.calls.contains("after r1"));
        looking.complete(seen[0].report("fine", List.of(), Map.of(), Cost.NONE));
        await(completed);
        await(announced);

        assertThat(fixture.checker.calls).doesNotContain("before r1");
        assertThat(fixture.sink.baselines().get(0).reason().orElseThrow()).contains("already completed");
    }

    @Test
    void aRedeliveredEventIsAnsweredOnce() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));
        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        assertThat(fixture.checker.calls).containsExactly("before r1", "after r1", "forget r1");
        assertThat(fixture.sink.reports()).hasSize(1);
        assertThat(fixture.skipped("duplicate")).isEqualTo(3);
    }

    @Test
    void aRedeliveryWhileTheFirstIsHandledSharesItsAnswer() {
        Promise<Baseline> measuring = Promise.promise();
        fixture.checker.before = context -> measuring.future();

        Future<Void> first =
                fixture.service.handle(fixture.started(), fixture.started().time());
        Future<Void> second =
                fixture.service.handle(fixture.started(), fixture.started().time());
        measuring.complete(Baseline.none());
        await(first);
        await(second);

        assertThat(fixture.checker.calls).containsExactly("before r1");
        assertThat(fixture.sink.baselines()).hasSize(1);
    }

    @Test
    void anAnswerIsPublishedAgainWhenTheBrokerWasAway() {
        fixture.sink.acknowledgement = Future.failedFuture("the broker is away");

        Future<Void> handled =
                fixture.service.handle(fixture.completed(), fixture.completed().time());
        await().until(() -> fixture.checker.calls.contains("after r1"));
        fixture.sink.acknowledgement = Future.succeededFuture();
        await(handled);

        assertThat(fixture.sink.reports()).hasSize(1);
        assertThat(fixture.checker.calls).containsExactly("after r1", "forget r1");
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, rows.database-unreachable",
        "INSUFFICIENT_PRIVILEGE, rows.insufficient-privilege",
        "TIMED_OUT, rows.timed-out",
        "BUDGET_EXHAUSTED, rows.budget-exhausted",
        "STATEMENT_REFUSED, pipeline.check-crashed"
    })
    void aDatabaseFailureIsInconclusive(DatabaseFailure.Kind kind, String code) {
        fixture.checker.after =
                context -> Future.failedFuture(new DatabaseFailure(kind, Optional.empty(), "database shop: no"));

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(theReport().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(theFinding().code().value()).isEqualTo(code);
        assertThat(theFinding().message()).contains("rows").contains("database shop: no");
    }

    @Test
    void aMissingPrivilegeNamesTheGrant() {
        fixture.checker.after = context -> Future.failedFuture(new DatabaseFailure(
                DatabaseFailure.Kind.INSUFFICIENT_PRIVILEGE, Optional.of("42501"), "permission denied for orders"));

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(theFinding().remedy().orElseThrow()).matches("GRANT pg_monitor, .* TO \"?checks\"?;");
    }

    @Test
    void aCrashIsInconclusiveInOneLine() {
        fixture.checker.after = context -> {
            throw new IllegalStateException("boom\nat line 2");
        };

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(theReport().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(theFinding().code().value()).isEqualTo("pipeline.check-crashed");
        assertThat(theFinding().message()).isEqualTo("check rows crashed: IllegalStateException: boom at line 2");
    }

    @Test
    void noAnswerAtAllIsACrash() {
        fixture.checker.after = context -> Future.succeededFuture();

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(theFinding().code().value()).isEqualTo("pipeline.check-crashed");
    }

    @Test
    void anAnswerForAnotherRunIsACrash() {
        fixture.checker.after = context -> Future.succeededFuture(new CheckReport(
                new RunId("other"),
                SHOP,
                context.check(),
                "1",
                Outcome.PASSED,
                "fine",
                List.of(),
                Map.of(),
                context.startedAt(),
                context.startedAt(),
                Cost.NONE));

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(theReport().run()).isEqualTo(RUN);
        assertThat(theReport().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aPassedDeadlineIsInconclusiveAndALateAnswerIsDropped() {
        Promise<CheckReport> late = Promise.promise();
        fixture.useLimits(Duration.ofSeconds(1), Duration.ofMillis(60));
        fixture.checker.after = context -> late.future();

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));
        late.complete(fixture.checker.contexts.get(0).report("fine", List.of(), Map.of(), Cost.NONE));

        assertThat(theFinding().code().value()).isEqualTo("rows.timed-out");
        assertThat(fixture.checker.contexts.get(0).cancellation().isCancelled()).isTrue();
        assertThat(fixture.sink.reports()).hasSize(1);
    }

    @Test
    void anUnknownDatabaseIsInconclusiveAndNamesTheConfiguredOnes() {
        DatabaseName unknown = new DatabaseName("shp");

        await(fixture.service.handle(
                fixture.completed(unknown, Optional.empty()),
                fixture.completed(unknown, Optional.empty()).time()));

        assertThat(theFinding().code().value()).isEqualTo("rows.database-unreachable");
        assertThat(theFinding().message()).contains("shp is not configured").contains("bank, shop");
        assertThat(fixture.checker.calls).doesNotContain("after r1");
    }

    @Test
    void aMigrationThatWasNeverStartedIsInconclusive() {
        await(fixture.service.handle(
                fixture.completed(SHOP, Optional.of(MigrationOutcome.NOT_STARTED)),
                fixture.completed(SHOP, Optional.of(MigrationOutcome.NOT_STARTED))
                        .time()));

        assertThat(theFinding().code().value()).isEqualTo("pipeline.not-started");
        assertThat(fixture.checker.calls).containsExactly("forget r1");
    }

    @Test
    void expiredEventsAreCountedAndSkipped() {
        var started = fixture.started();
        var completed = fixture.completed();
        fixture.clock.advance(Duration.ofHours(25));

        await(fixture.service.handle(started, started.time()));
        await(fixture.service.handle(completed, completed.time()));

        assertThat(fixture.sink.published).isEmpty();
        assertThat(fixture.skipped("expired")).isEqualTo(2);
    }

    @Test
    void callsAreMadeOnOneVertxContext() {
        List<Context> contexts = new ArrayList<>();
        fixture.checker.before = context -> {
            contexts.add(io.vertx.core.Vertx.currentContext());
            return Future.succeededFuture(Baseline.none());
        };
        fixture.checker.after = context -> {
            contexts.add(io.vertx.core.Vertx.currentContext());
            return Future.succeededFuture(context.report("fine", List.of(), Map.of(), Cost.NONE));
        };

        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(contexts).hasSize(2).doesNotContainNull();
        assertThat(contexts.get(0)).isSameAs(contexts.get(1));
    }

    @Test
    void progressIsPublishedAtMostOnceASecondAndTheLatestWins() {
        Promise<CheckReport> looking = Promise.promise();
        fixture.checker.after = context -> {
            for (int i = 1; i <= 100; i++) {
                context.progress().accept("counting table " + i);
            }
            return looking.future();
        };

        Future<Void> handled =
                fixture.service.handle(fixture.completed(), fixture.completed().time());
        await().until(() -> fixture.sink.published(CheckStarted.class).size() >= 2);
        looking.complete(fixture.checker.contexts.get(0).report("fine", List.of(), Map.of(), Cost.NONE));
        await(handled);

        assertThat(fixture.sink.published(CheckStarted.class))
                .extracting(CheckStarted::activity)
                .containsExactly("looking", "counting table 100");
    }

    @Test
    void aReportTooLargeForARecordKeepsItsOutcomeAndFindings() {
        Finding error = Finding.of(new FindingCode("rows.mismatch"), Severity.ERROR, "public.orders", "3 of 7 rows");
        fixture.checker.after = context -> Future.succeededFuture(
                context.report("3 of 7 rows", List.of(error), Map.of("keys", "x".repeat(2 << 20)), Cost.NONE));

        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(theReport().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(theReport().findings()).containsExactly(error);
        assertThat(theReport().measurements()).containsOnlyKeys("omitted");
    }

    @Test
    void waitsUntilItKnowsWhatWasPublishedBefore() {
        CheckerService notYet = new CheckerService(
                fixture.checker,
                "1",
                Duration.ofSeconds(1),
                Map.of(),
                fixture.config,
                database -> true,
                fixture.sink,
                fixture.vertx,
                fixture.clock,
                fixture.meters);

        Future<Void> handled =
                notYet.handle(fixture.started(), fixture.started().time());
        assertThat(handled.isComplete()).isFalse();
        notYet.caughtUp();
        await(handled);

        assertThat(fixture.sink.baselines()).hasSize(1);
    }

    @Test
    void afterARestartTheObservationIsResumedAndTheBaselineFound() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        fixture.restart();
        fixture.service.reassigned();
        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.checker.calls).containsExactly("resume r1", "after r1", "forget r1");
        assertThat(fixture.checker.baselines)
                .allSatisfy(
                        baseline -> assertThat(baseline.orElseThrow().content()).containsEntry("rows", 7));
    }

    @Test
    void afterARestartAnAnsweredRunIsNeitherResumedNorAnsweredAgain() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        fixture.restart();
        fixture.service.reassigned();
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.checker.calls).isEmpty();
        assertThat(fixture.sink.reports()).hasSize(1);
    }

    @Test
    void resumesOnlyTheRunsThatAreItsOwn() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        fixture.owned.clear();
        fixture.restart();
        fixture.service.reassigned();
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.checker.calls).doesNotContain("resume r1");
    }

    @Test
    void resumesARunWhoseBaselineIsSeenOnlyAfterItCame() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));
        BaselineCaptured late = fixture.sink.baselines().get(0);
        fixture.sink.published.clear();

        fixture.restart();
        fixture.service.reassigned();
        fixture.service.observe(late);
        fixture.service.observe(late);
        await(fixture.service.handle(fixture.completed(), fixture.completed().time()));

        assertThat(fixture.checker.calls).containsExactly("resume r1", "after r1", "forget r1");
    }

    @Test
    void aRunThatWentElsewhereIsForgottenAndNotAnswered() {
        fixture.checker.after = context -> FakeChecker.never();

        Future<Void> handled =
                fixture.service.handle(fixture.completed(), fixture.completed().time());
        await().until(() -> fixture.checker.calls.contains("after r1"));
        fixture.owned.clear();
        fixture.service.reassigned();

        assertThatThrownBy(() -> await(handled)).hasMessage("abandoned");
        assertThat(fixture.sink.reports()).isEmpty();
        await().until(() -> fixture.checker.calls.contains("forget r1"));
        assertThat(fixture.checker.calls).containsExactly("after r1", "forget r1");
        assertThat(fixture.checker.contexts.get(0).cancellation().isCancelled()).isTrue();
    }

    @Test
    void closingEndsObservationsBeforeTheChecker() {
        await(fixture.service.handle(fixture.started(), fixture.started().time()));

        await(fixture.service.close());

        assertThat(fixture.checker.calls).containsExactly("before r1", "forget r1", "close");
    }

    private CheckReport theReport() {
        assertThat(fixture.sink.reports()).hasSize(1);
        return fixture.sink.reports().get(0);
    }

    private Finding theFinding() {
        assertThat(theReport().findings()).hasSize(1);
        return theReport().findings().get(0);
    }
}
