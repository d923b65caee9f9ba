package dev.allclear.aggregator.ledger;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunLedgerTest {
    private static final Policy STATUS_ONLY = new Policy(
            Set.of(CheckName.STATUS),
            Set.of(),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofHours(24));

    @Test
    void announcesAFailureAtOnceAndRevisesItWhenTheRestIsThere() {
        RunLedger ledger = completed(Policy.DEFAULT, Samples.completed("r"));

        Step failed = ledger.answered(Samples.report("r", CheckName.ROWS, Outcome.FAILED), "a", T0, Policy.DEFAULT);
        Step last = failed;
        for (CheckName check : List.of(CheckName.STATUS, CheckName.LATENCY, CheckName.LOCKS, CheckName.LOGS)) {
            last = last.ledger().answered(Samples.report("r", check, Outcome.PASSED), "b", T0, Policy.DEFAULT);
        }

        assertThat(failed.verdict().map(Verdict::isFinal)).contains(false);
        assertThat(failed.verdict().map(Verdict::decision)).contains(Decision.FAIL);
        assertThat(last.verdict().map(Verdict::isFinal)).contains(true);
        assertThat(last.verdict().map(Verdict::revision)).contains(5);
    }

    @Test
    void keepsOnlyAFewAnswersThatNobodyAskedFor_andAllThatWereAskedFor() {
        CheckName advisory = new CheckName("zoo.advisory");
        Policy policy = new Policy(
                Set.of(CheckName.STATUS, new CheckName("zoo.required")),
                Set.of(advisory),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Duration.ofHours(24));
        RunLedger ledger = completed(policy, Samples.completed("r"));

        for (int number = 1_000; number < 2_000; number++) {
            ledger = answered(ledger, new CheckName("strangers.check-" + number), policy);
        }
        ledger = answered(ledger, advisory, policy);
        ledger = answered(ledger, new CheckName("zoo.required"), policy);
        Step last = ledger.answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "z", T0, policy);

        assertThat(last.ledger().answers()).hasSize(13).containsKey(advisory);
        assertThat(last.verdict().map(Verdict::decision)).contains(Decision.PASS);
    }

    @Test
    void staysSmall_whateverACheckHasToSay() {
        String lengthy = "x".repeat(100_000);
        Finding[] findings = IntStream.range(0, 1_000)
                .mapToObj(number -> new Finding(
                        new FindingCode("rows.mismatch"),
                        Severity.ERROR,
                        number + lengthy,
                        lengthy,
                        Optional.of("x".repeat(1_000)),
                        Map.of("a" + number, "x".repeat(500), "b", 1, lengthy, 2)))
                .toArray(Finding[]::new);
        RunLedger ledger = completed(Policy.DEFAULT, Samples.completed("r"));

        for (CheckName check : CheckName.builtIn()) {
            ledger = ledger.answered(Samples.report("r", check, Outcome.FAILED, findings), lengthy, T0, Policy.DEFAULT)
                    .ledger();
        }

        assertThat(ledger.answers().get(CheckName.ROWS).findings())
                .hasSize(20)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
        assertThat(ledger.toString().length()).isLessThan(150_000);
    }

    private static RunLedger answered(RunLedger ledger, CheckName check, Policy policy) {
        return ledger.answered(Samples.report("r", check, Outcome.PASSED), "a", T0, policy)
                .ledger();
    }

    @Test
    void isSilent_whenAnEventComesTwice() {
        RunLedger ledger = completed(STATUS_ONLY, Samples.completed("r"));
        Step passed = ledger.answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "a", T0, STATUS_ONLY);

        Step again = passed.ledger()
                .answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "a", T0.plusSeconds(900), STATUS_ONLY);
        Step completedAgain =
                passed.ledger().completed(Samples.completed("r"), RunWindows.NONE, T0.plusSeconds(900), STATUS_ONLY);

        assertThat(passed.verdict()).isPresent();
        assertThat(again).isEqualTo(new Step(passed.ledger(), Optional.empty()));
        assertThat(completedAgain).isEqualTo(new Step(passed.ledger(), Optional.empty()));
    }

    @Test
    void namesTheMissingCheckAtTheDeadlineAndRevisesWhenItAnswersLate() {
        RunLedger ledger = completed(STATUS_ONLY, Samples.completed("r"));

        Step early = ledger.at(T0.plusSeconds(299), STATUS_ONLY);
        Step due = ledger.at(T0.plusSeconds(300), STATUS_ONLY);
        Step late = due.ledger()
                .answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "a", T0.plusSeconds(400), STATUS_ONLY);

        assertThat(early.verdict()).isEmpty();
        assertThat(due.verdict().map(Verdict::decision)).contains(Decision.INCONCLUSIVE);
        assertThat(due.verdict().orElseThrow().reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code().value()).isEqualTo("pipeline.check-missing");
            assertThat(reason.message()).contains("status").contains("5m").contains("policy.required");
        });
        assertThat(late.verdict().map(Verdict::decision)).contains(Decision.PASS);
        assertThat(late.verdict().map(Verdict::revision)).contains(2);
    }

    @Test
    void isAbandoned_whenItNeverCompletes_andComesBackWhenItDoes() {
        RunLedger started = RunLedger.of(SHOP, new RunId("r"), T0)
                .started(Samples.started("r"), RunWindows.NONE, T0, STATUS_ONLY)
                .ledger();
        RunLedger answered = started.answered(
                        Samples.report("r", CheckName.STATUS, Outcome.PASSED), "a", T0, STATUS_ONLY)
                .ledger();

        Step abandoned = answered.at(T0.plus(Duration.ofHours(24)), STATUS_ONLY);
        Step back = abandoned
                .ledger()
                .completed(Samples.completed("r"), RunWindows.NONE, T0.plus(Duration.ofHours(25)), STATUS_ONLY);

        assertThat(abandoned.verdict().map(Verdict::decision)).contains(Decision.INCONCLUSIVE);
        assertThat(codes(abandoned)).containsExactly("pipeline.run-abandoned");
        assertThat(back.verdict().map(Verdict::decision)).contains(Decision.PASS);
    }

    @Test
    void showsAnUnknownCheckAsAdvisory_andItNeverFailsTheRun() {
        RunLedger ledger = completed(STATUS_ONLY, Samples.completed("r"));
        CheckName own = new CheckName("payments.ledger-balance");

        RunLedger advised = ledger.answered(Samples.report("r", own, Outcome.FAILED), "a", T0, STATUS_ONLY)
                .ledger();
        Step decided = advised.answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "b", T0, STATUS_ONLY);

        Verdict verdict = decided.verdict().orElseThrow();
        assertThat(verdict.decision()).isEqualTo(Decision.PASS);
        assertThat(verdict.checks()).extracting("required").containsExactly(true, false);
    }

    @Test
    void requiresWhatTheRunAdds_andRaisesADeadlineThatIsTooShort() {
        MigrationCompleted event = new MigrationCompleted(
                new RunId("r"),
                SHOP,
                T0,
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                Samples.flyway("12")
                        .checks(CheckName.LOGS)
                        .logWatch(Duration.ofMinutes(3))
                        .deadline(Duration.ofSeconds(10))
                        .build());
        RunLedger ledger = completed(STATUS_ONLY, event)
                .answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "a", T0, STATUS_ONLY)
                .ledger();

        Step tooEarly = ledger.at(T0.plusSeconds(209), STATUS_ONLY);
        Step due = ledger.at(T0.plusSeconds(210), STATUS_ONLY);

        assertThat(tooEarly.verdict()).isEmpty();
        assertThat(due.verdict().orElseThrow().missing()).containsExactly(CheckName.LOGS);
        assertThat(codes(due)).containsExactly("pipeline.check-missing", "pipeline.deadline-raised");
    }

    @Test
    void letsAnEventAskForNoMoreTimeThanThePolicyAllows() {
        Duration asked = STATUS_ONLY.effectiveDeadline(Samples.flyway("12")
                .logWatch(Duration.ofDays(3))
                .deadline(Duration.ofDays(9))
                .build());

        assertThat(asked).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void advisesToRollBackOnlyWhatIsReversible() {
        assertThat(advice(Optional.of(true))).isEqualTo(Recommendation.ROLL_BACK);
        assertThat(advice(Optional.of(false))).isEqualTo(Recommendation.ROLL_FORWARD);
        assertThat(advice(Optional.empty())).isEqualTo(Recommendation.INVESTIGATE);
    }

    @Test
    void advisesToAnalyze_whenMissingStatisticsExplainEveryError() {
        Finding statistics = Finding.of(
                new FindingCode("latency.missing-statistics"), Severity.ERROR, "public.orders", "no statistics");
        Finding plan =
                Finding.of(new FindingCode("latency.plan-regressed"), Severity.ERROR, "orders-of-customer", "plan");

        Step step = completed(STATUS_ONLY, Samples.completed("r", Optional.of(true), "12"))
                .answered(
                        Samples.report("r", CheckName.STATUS, Outcome.FAILED, statistics, plan), "a", T0, STATUS_ONLY);

        assertThat(step.verdict().orElseThrow().recommendation()).isEqualTo(Recommendation.ANALYZE);
    }

    @Test
    void isForgottenADayAfterItWasDecided() {
        RunLedger decided = completed(STATUS_ONLY, Samples.completed("r"))
                .answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "a", T0, STATUS_ONLY)
                .ledger();

        Instant due = decided.nextDue(STATUS_ONLY).orElseThrow();

        assertThat(due).isEqualTo(T0.plus(RunLedger.RETENTION));
        assertThat(decided.isRetired(due.minusMillis(1), STATUS_ONLY)).isFalse();
        assertThat(decided.isRetired(due, STATUS_ONLY)).isTrue();
        assertThat(decided.at(due, STATUS_ONLY).verdict()).isEmpty();
    }

    private static Recommendation advice(Optional<Boolean> reversible) {
        return completed(STATUS_ONLY, Samples.completed("r", reversible, "12"))
                .answered(Samples.report("r", CheckName.STATUS, Outcome.FAILED), "a", T0, STATUS_ONLY)
                .verdict()
                .orElseThrow()
                .recommendation();
    }

    @Test
    void failsARunWhoseCommandFailed_whateverTheChecksSay() {
        MigrationCompleted told = Samples.completed("r");
        MigrationCompleted failed = new MigrationCompleted(
                told.run(),
                told.database(),
                told.completedAt(),
                Optional.of(3),
                told.outcome(),
                told.output(),
                told.description());
        RunLedger ledger = completed(STATUS_ONLY, failed);

        Step step = ledger.answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "id", T0, STATUS_ONLY);

        assertThat(step.verdict().map(Verdict::decision)).contains(Decision.FAIL);
        assertThat(codes(step)).contains("pipeline.command-failed");
    }

    @Test
    void provesNothing_whenTheCommandWasNeverRun_whateverACheckSays() {
        MigrationCompleted told = Samples.completed("r");
        MigrationCompleted never = new MigrationCompleted(
                told.run(),
                told.database(),
                told.completedAt(),
                Optional.empty(),
                Optional.of(MigrationOutcome.NOT_STARTED),
                told.output(),
                told.description());
        RunLedger ledger = completed(STATUS_ONLY, never);

        Step step = ledger.answered(Samples.report("r", CheckName.STATUS, Outcome.PASSED), "id", T0, STATUS_ONLY);

        assertThat(step.verdict().map(Verdict::decision)).contains(Decision.INCONCLUSIVE);
        assertThat(codes(step)).containsExactly("pipeline.not-started");
    }

    @Test
    void isProvenNoMore_whenItIsAnnouncedAnewAfterItsEnd_inWhicheverOrderThatIsHeard() {
        MigrationStarted announced = Samples.started("r");
        MigrationStarted again =
                new MigrationStarted(announced.run(), SHOP, T0.plusSeconds(600), announced.description());
        RunLedger passed = answered(completed(STATUS_ONLY, Samples.completed("r")), CheckName.STATUS, STATUS_ONLY)
                .started(announced, RunWindows.NONE, T0, STATUS_ONLY)
                .ledger();

        Step resent = passed.started(announced, RunWindows.NONE, T0.plusSeconds(900), STATUS_ONLY);
        Step repeated = passed.started(again, RunWindows.NONE, T0.plusSeconds(600), STATUS_ONLY);
        Step otherOrder = answered(
                        RunLedger.of(SHOP, new RunId("r"), T0)
                                .started(again, RunWindows.NONE, T0, STATUS_ONLY)
                                .ledger()
                                .started(announced, RunWindows.NONE, T0, STATUS_ONLY)
                                .ledger(),
                        CheckName.STATUS,
                        STATUS_ONLY)
                .completed(Samples.completed("r"), RunWindows.NONE, T0, STATUS_ONLY);

        assertThat(resent.verdict()).isEmpty();
        assertThat(repeated.verdict().map(Verdict::decision)).contains(Decision.INCONCLUSIVE);
        assertThat(repeated.verdict().map(Verdict::revision)).contains(2);
        assertThat(codes(repeated)).containsExactly("pipeline.run-repeated");
        assertThat(Json.fromMap(Json.parse(Json.write(Json.toMap(repeated.ledger()))), RunLedger.class))
                .isEqualTo(repeated.ledger());
        assertThat(otherOrder.verdict().orElseThrow().reasons())
                .isEqualTo(repeated.verdict().orElseThrow().reasons());
    }

    @Test
    void isProvenNoMore_whenItEndsAnewWithoutAnAnnouncement() {
        MigrationCompleted over = Samples.completed("r");
        RunLedger passed = answered(completed(STATUS_ONLY, over), CheckName.STATUS, STATUS_ONLY);

        Step sentAgain = passed.completed(over, RunWindows.NONE, T0.plusSeconds(900), STATUS_ONLY);
        Step triedAgain =
                passed.completed(at(over, over.completedAt().plusSeconds(60)), RunWindows.NONE, T0, STATUS_ONLY);
        Step repeated =
                passed.completed(at(over, over.completedAt().plusSeconds(7200)), RunWindows.NONE, T0, STATUS_ONLY);
        Step otherOrder = answered(
                        completed(STATUS_ONLY, at(over, over.completedAt().plusSeconds(7200))),
                        CheckName.STATUS,
                        STATUS_ONLY)
                .completed(over, RunWindows.NONE, T0, STATUS_ONLY);

        assertThat(sentAgain.verdict()).isEmpty();
        assertThat(triedAgain.verdict()).isEmpty();
        assertThat(repeated.verdict().map(Verdict::decision)).contains(Decision.INCONCLUSIVE);
        assertThat(codes(repeated)).containsExactly("pipeline.run-repeated");
        assertThat(otherOrder.verdict().map(Verdict::decision)).contains(Decision.INCONCLUSIVE);
    }

    @Test
    void isReadFromAStateThatKnewOfOneEndOnly() {
        RunLedger ledger = completed(STATUS_ONLY, Samples.completed("r"));
        String json = Json.write(Json.toMap(ledger));
        String older = json.replaceAll("\"completedAgain\":[^,]*,", "");

        assertThat(older).doesNotContain("completedAgain");
        assertThat(Json.fromMap(Json.parse(older), RunLedger.class)).isEqualTo(ledger);
    }

    private static MigrationCompleted at(MigrationCompleted told, Instant time) {
        return new MigrationCompleted(
                told.run(), told.database(), time, told.exitCode(), told.outcome(), told.output(), told.description());
    }

    private static RunLedger completed(Policy policy, MigrationCompleted event) {
        return RunLedger.of(SHOP, new RunId("r"), T0)
                .completed(event, RunWindows.NONE, T0, policy)
                .ledger();
    }

    private static List<String> codes(Step step) {
        return step.verdict().orElseThrow().reasons().stream()
                .map(reason -> reason.code().value())
                .toList();
    }
}
