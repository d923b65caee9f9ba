package dev.allclear.aggregator.ledger;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.codec.Json;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events of random runs in random order, some twice, some never, with time passing in between, clocks that jump, and restarts that leave
 * of a ledger what was written of it: 12,000 schedules. The seed is in the test's name.
 */
class RunSimulationTest {
    private static final Policy POLICY = Policy.DEFAULT;
    private static final int RUNS = 1500;

    private interface Happening {
        Step to(RunLedger ledger, Instant now);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20260301, 424242, 987654321})
    void decidesTheSameInEveryOrderAndNeverPassesUnproven(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < RUNS; i++) {
            Map<CheckName, Outcome> worst = new TreeMap<>();
            List<Happening> happenings = happenings(random, worst);

            Verdict one = lastOf(play(shuffled(happenings, random), worst, random));
            Verdict other = lastOf(play(shuffled(happenings, random), worst, random));

            assertThat(one.decision()).isEqualTo(other.decision());
            assertThat(one.reasons()).isEqualTo(other.reasons());
            assertThat(one.checks()).isEqualTo(other.checks());
            assertThat(one.recommendation()).isEqualTo(other.recommendation());
            assertThat(one.isFinal()).isTrue();
        }
    }

    private static List<Happening> happenings(Random random, Map<CheckName, Outcome> worst) {
        List<Happening> all = new ArrayList<>();
        int opening = random.nextInt(3);
        if (opening != 0) {
            all.add((ledger, now) -> ledger.started(Samples.started("r"), RunWindows.NONE, now, POLICY));
        }
        if (opening != 1) {
            all.add((ledger, now) -> ledger.completed(Samples.completed("r"), RunWindows.NONE, now, POLICY));
        }
        for (CheckName check : CheckName.builtIn()) {
            int answers = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(8) / 6;
            for (int i = 0; i < answers; i++) {
                Outcome outcome = random.nextInt(3) == 0 ? Outcome.values()[random.nextInt(4)] : Outcome.PASSED;
                CheckReport report = Samples.report("r", check, outcome);
                String id = "id-" + random.nextInt(3);
                worst.merge(check, outcome, (a, b) -> a.compareTo(b) > 0 ? a : b);
                all.add((ledger, now) -> ledger.answered(report, id, now, POLICY));
            }
        }
        int copies = random.nextInt(4);
        for (int i = 0; i < copies; i++) {
            all.add(all.get(random.nextInt(all.size())));
        }
        return all;
    }

    private static List<Happening> shuffled(List<Happening> happenings, Random random) {
        List<Happening> order = new ArrayList<>(happenings);
        Collections.shuffle(order, random);
        return order;
    }

    private static List<Verdict> play(List<Happening> happenings, Map<CheckName, Outcome> worst, Random random) {
        RunLedger ledger = RunLedger.of(SHOP, new RunId("r"), T0);
        List<Verdict> said = new ArrayList<>();
        Instant now = T0;
        for (Happening happening : happenings) {
            now = now.plus(pause(random));
            ledger = take(happening.to(ledger, now), said);
            ledger = take(restarted(ledger, random).at(now, POLICY), said);
            assertDecidedWhenDue(ledger, now);
        }
        for (int i = 0; i < 2; i++) {
            Instant due = ledger.nextDue(POLICY).orElse(now);
            ledger = take(ledger.at(due.isAfter(now) ? due : now, POLICY), said);
        }
        assertThat(ledger.isDecided(POLICY)).isTrue();
        for (int i = 0; i < said.size(); i++) {
            Verdict verdict = said.get(i);
            assertThat(verdict.revision()).isEqualTo(i + 1);
            assertThat(verdict.isFinal() || verdict.decision() == Decision.FAIL).isTrue();
            assertThat(verdict.decision() != Decision.PASS || passes(verdict)).isTrue();
            assertThat(i == 0
                            || !said.get(i - 1).decision().equals(Decision.FAIL)
                            || verdict.decision() == Decision.FAIL)
                    .as("a FAIL that was said stays one")
                    .isTrue();
        }
        Verdict last = lastOf(said);
        boolean allGood = worst.size() == 5
                && worst.values().stream().allMatch(outcome -> outcome.compareTo(Outcome.PASSED) <= 0);
        assertThat(last.decision() == Decision.PASS)
                .isEqualTo(allGood && ledger.facts().completedSeen().isPresent());
        return said;
    }

    /** Mostly as time goes, now and then an hour or two days ahead, or back by as much as a clock is set back. */
    private static Duration pause(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> Duration.ofHours(1);
            case 1 -> Duration.ofDays(2);
            case 2 -> Duration.ofMinutes(-10);
            default -> Duration.ofSeconds(random.nextInt(120));
        };
    }

    /** What another instance finds in the changelog is all that is left of a ledger. */
    private static RunLedger restarted(RunLedger ledger, Random random) {
        if (random.nextInt(4) != 0) {
            return ledger;
        }
        RunLedger read = Json.fromMap(Json.parse(Json.write(Json.toMap(ledger))), RunLedger.class);
        assertThat(read).isEqualTo(ledger);
        return read;
    }

    /** Nothing is ever due twice: what had to be decided by now was, and what is open says when it will be. */
    private static void assertDecidedWhenDue(RunLedger ledger, Instant now) {
        assertThat(ledger.nextDue(POLICY).isPresent()).isEqualTo(ledger.facts().isOpen());
        if (ledger.facts().isOpen() && !ledger.isDecided(POLICY)) {
            assertThat(ledger.nextDue(POLICY))
                    .hasValueSatisfying(due -> assertThat(due).isAfter(now));
        }
    }

    private static boolean passes(Verdict verdict) {
        return verdict.isFinal()
                && verdict.missing().isEmpty()
                && verdict.checks().stream().filter(CheckVerdict::required).count() == 5
                && verdict.checks().stream()
                        .allMatch(check ->
                                check.outcome() == Outcome.PASSED || check.outcome() == Outcome.NOT_APPLICABLE);
    }

    private static RunLedger take(Step step, List<Verdict> said) {
        step.verdict().ifPresent(verdict -> {
            assertThat(verdict.revision()).isEqualTo(step.ledger().revision());
            said.add(verdict);
        });
        return step.ledger();
    }

    private static Verdict lastOf(List<Verdict> said) {
        return said.get(said.size() - 1);
    }
}
