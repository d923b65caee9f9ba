package dev.allclear.aggregator.ledger;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.aggregator.policy.Waiver;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a waiver does to a verdict, and what it must never do. */
class WaivingTest {
    private static final Instant LATER = T0.plus(Duration.ofDays(30));
    private static final Finding LOST = finding("status.grant-lost", Severity.ERROR, "public.orders");

    @Test
    void showsAndDoesNotCount_whatSomebodyHasAccepted() {
        Verdict verdict = judge(List.of(waiver("status.grant-lost", "public.orders", LATER)), LOST);

        assertThat(verdict.decision()).isEqualTo(Decision.PASS);
        CheckVerdict status = verdict.checks().get(0);
        assertThat(status.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(status.summary()).endsWith("(1 finding waived)");
        assertThat(status.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.message())
                    .contains("because", "waived by ada until 2026-03-31T10:00:00Z: known since May");
            assertThat(finding.evidence())
                    .containsEntry(
                            "waived",
                            Map.of(
                                    "severity", "ERROR",
                                    "by", "ada",
                                    "reason", "known since May",
                                    "until", "2026-03-31T10:00:00Z"));
        });
        assertThat(verdict.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code().value()).isEqualTo("pipeline.finding-waived");
            assertThat(reason.message())
                    .contains("status.grant-lost about public.orders", "ada", "2026-03-31", "known");
        });
    }

    @Test
    void acceptsTheFindingOfAnyObject_whenNoneIsNamed() {
        assertThat(judge(List.of(waiver("status.grant-lost", "", LATER)), LOST).decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void countsWhatIsNotNamed() {
        assertThat(judge(List.of(waiver("status.grant-lost", "public.other", LATER)), LOST)
                        .decision())
                .isEqualTo(Decision.FAIL);
        assertThat(judge(List.of(waiver("status.owner-changed", "", LATER)), LOST)
                        .decision())
                .isEqualTo(Decision.FAIL);
        assertThat(judge(
                                List.of(waiver("status.grant-lost", "", LATER)),
                                LOST,
                                finding("status.timed-out", Severity.UNPROVEN, ""))
                        .decision())
                .isEqualTo(Decision.INCONCLUSIVE);
    }

    @Test
    void countsAgain_andSaysSo_whenTheWaiverHasExpiredBeforeTheMigrationWasOver() {
        Verdict error = judge(List.of(waiver("status.grant-lost", "", T0)), LOST);
        Verdict unproven =
                judge(List.of(waiver("status.timed-out", "", T0)), finding("status.timed-out", Severity.UNPROVEN, ""));

        assertThat(error.decision()).isEqualTo(Decision.FAIL);
        assertThat(unproven.decision()).isEqualTo(Decision.INCONCLUSIVE);
        for (Verdict verdict : List.of(error, unproven)) {
            assertThat(verdict.reasons()).anySatisfy(reason -> {
                assertThat(reason.code().value()).isEqualTo("pipeline.waiver-expired");
                assertThat(reason.severity()).isEqualTo(Severity.UNPROVEN);
                assertThat(reason.message()).contains("ada", T0.toString(), "known since May");
            });
        }
    }

    @Test
    void takesTheWaiverThatHoldsLongest_whenSeveralNameAFinding() {
        assertThat(judge(List.of(waiver("status.grant-lost", "", T0), waiver("status.grant-lost", "", LATER)), LOST)
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void doesNotClearAnAnswer_ofWhichOnlyThePartThatFitsIsKept() {
        Finding[] many = Collections.nCopies(25, LOST).toArray(new Finding[0]);

        assertThat(judge(List.of(waiver("status.grant-lost", "", LATER)), many).decision())
                .isEqualTo(Decision.FAIL);
    }

    @Test
    void doesNotClearAClaim_thatNoFindingExplains() {
        Verdict verdict = judge(
                List.of(waiver("status.remark", "", LATER)),
                Outcome.FAILED,
                finding("status.remark", Severity.WARNING, ""));

        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
    }

    @Test
    void doesNotUndoThatTheCommandItselfFailed_norThatACheckIsMissing() {
        Policy two = policy(List.of(waiver("status.grant-lost", "", LATER)), CheckName.STATUS, CheckName.ROWS);
        RunLedger ledger = RunLedger.of(SHOP, new RunId("r"), T0);
        ledger = ledger.completed(Samples.completed("r"), RunWindows.NONE, T0, two)
                .ledger();
        ledger = ledger.answered(Samples.report("r", CheckName.STATUS, Outcome.FAILED, LOST), "id", T0, two)
                .ledger();

        Verdict verdict = ledger.at(T0.plus(Duration.ofHours(1)), two).verdict().orElseThrow();

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
    }

    /** Random answers and waivers: PASS exactly when all that objects is named by a waiver that holds. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 20260301, 31337})
    void neverMakesAPassOfWhatItDoesNotName(long seed) {
        Random random = new Random(seed);
        int[] passes = new int[2];
        for (int i = 0; i < 3_000; i++) {
            List<Waiver> waivers = new ArrayList<>();
            for (int w = random.nextInt(7); w > 0; w--) {
                waivers.add(waiver(
                        code(CheckName.builtIn().get(random.nextInt(5)), random),
                        random.nextBoolean() ? "" : "o" + random.nextInt(2),
                        random.nextInt(5) == 0 ? T0.minusSeconds(random.nextInt(9)) : LATER));
            }
            Policy policy = policy(waivers, CheckName.builtIn().toArray(new CheckName[0]));
            Map<CheckName, List<Finding>> answers = new TreeMap<>();
            RunLedger ledger = RunLedger.of(SHOP, new RunId("r"), T0);
            ledger = ledger.completed(Samples.completed("r"), RunWindows.NONE, T0, policy)
                    .ledger();
            for (CheckName check : CheckName.builtIn()) {
                if (random.nextInt(25) > 0) {
                    List<Finding> findings = findings(check, random);
                    answers.put(check, findings);
                    ledger = ledger.answered(
                                    Samples.report("r", check, Outcome.of(findings), findings.toArray(new Finding[0])),
                                    "id",
                                    T0,
                                    policy)
                            .ledger();
                }
            }
            ledger = ledger.at(T0.plus(Duration.ofHours(1)), policy).ledger();

            Decision decision = RunJudge.judge(ledger, policy).decision();

            boolean unnamed = answers.values().stream()
                    .flatMap(List::stream)
                    .filter(finding -> finding.severity() == Severity.ERROR || finding.severity() == Severity.UNPROVEN)
                    .anyMatch(finding -> waivers.stream()
                            .noneMatch(one -> one.until().isAfter(T0)
                                    && one.code().equals(finding.code())
                                    && (one.subject().isEmpty()
                                            || one.subject().get().equals(finding.subject()))));
            boolean pass = answers.size() == 5 && !unnamed;
            assertThat(decision == Decision.PASS)
                    .as("%s with %s", answers, waivers)
                    .isEqualTo(pass);
            passes[pass && answers.values().stream().anyMatch(all -> Outcome.of(all) != Outcome.PASSED) ? 1 : 0]++;
        }
        assertThat(passes[1]).as("runs that pass by a waiver").isGreaterThan(100);
    }

    private static List<Finding> findings(CheckName check, Random random) {
        List<Finding> findings = new ArrayList<>();
        for (int f = Math.max(0, random.nextInt(6) - 3); f > 0; f--) {
            findings.add(finding(code(check, random), Severity.values()[random.nextInt(4)], "o" + random.nextInt(2)));
        }
        return findings;
    }

    private static String code(CheckName check, Random random) {
        return check + (random.nextBoolean() ? ".one" : ".two");
    }

    private static Verdict judge(List<Waiver> waivers, Finding... findings) {
        return judge(waivers, Outcome.of(List.of(findings)), findings);
    }

    private static Verdict judge(List<Waiver> waivers, Outcome outcome, Finding... findings) {
        Policy policy = policy(waivers, CheckName.STATUS);
        RunLedger ledger = RunLedger.of(SHOP, new RunId("r"), T0);
        Step completed = ledger.completed(Samples.completed("r"), RunWindows.NONE, T0, policy);
        return completed
                .ledger()
                .answered(Samples.report("r", CheckName.STATUS, outcome, findings), "id", T0.plusSeconds(1), policy)
                .verdict()
                .orElseThrow();
    }

    private static Policy policy(List<Waiver> waivers, CheckName... required) {
        return new Policy(
                        Set.of(required),
                        Set.of(),
                        Policy.DEFAULT.deadline(),
                        Policy.DEFAULT.logWatch(),
                        Policy.DEFAULT.maxDeadline(),
                        Policy.DEFAULT.abandonAfter())
                .withWaivers(waivers);
    }

    private static Waiver waiver(String code, String subject, Instant until) {
        return new Waiver(
                new FindingCode(code),
                Optional.of(subject).filter(text -> !text.isEmpty()),
                "ada",
                "known since May",
                until);
    }

    private static Finding finding(String code, Severity severity, String subject) {
        return Finding.of(new FindingCode(code), severity, subject, "because");
    }
}
