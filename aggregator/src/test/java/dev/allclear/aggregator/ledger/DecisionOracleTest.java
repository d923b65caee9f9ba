package dev.allclear.aggregator.ledger;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every combination of answers to five required checks, against an oracle that shares no code with the ledger. */
class DecisionOracleTest {
    private static final String[] ANSWERS = {"passed", "failed", "inconclusive", "not-applicable", "crashed", "absent"};

    @Test
    void decidesEveryCombinationAsTheOracleDoes() {
        int combinations = 0;
        int[] counts = new int[3];
        for (int code = 0; code < 6 * 6 * 6 * 6 * 6; code++) {
            List<String> answers = new ArrayList<>();
            for (int rest = code, position = 0; position < 5; position++, rest /= 6) {
                answers.add(ANSWERS[rest % 6]);
            }

            Verdict verdict = decide(answers);

            assertThat(verdict.decision().name()).as("%s", answers).isEqualTo(oracle(answers));
            assertThat(verdict.isFinal()).isTrue();
            for (int i = 0; i < 5; i++) {
                CheckName check = CheckName.builtIn().get(i);
                boolean isNamed = verdict.reasons().stream()
                        .anyMatch(reason -> reason.code().value().equals("pipeline.check-missing")
                                && reason.subject().equals(check.value()));
                assertThat(isNamed)
                        .as("%s names %s", answers, check)
                        .isEqualTo(answers.get(i).equals("absent"));
            }
            counts[verdict.decision().ordinal()]++;
            combinations++;
        }
        assertThat(combinations).isEqualTo(7776);
        assertThat(counts[Decision.PASS.ordinal()]).isEqualTo(32);
        assertThat(counts[Decision.FAIL.ordinal()]).isEqualTo(7776 - 3125);
    }

    private static String oracle(List<String> answers) {
        if (answers.contains("failed")) {
            return "FAIL";
        }
        long good = answers.stream()
                .filter(answer -> answer.equals("passed") || answer.equals("not-applicable"))
                .count();
        return good == 5 ? "PASS" : "INCONCLUSIVE";
    }

    private static Verdict decide(List<String> answers) {
        RunLedger ledger = RunLedger.of(SHOP, new RunId("r"), T0);
        Optional<Verdict> last = Optional.empty();
        Step step = ledger.completed(Samples.completed("r"), RunWindows.NONE, T0, Policy.DEFAULT);
        for (int i = 0; i < 5; i++) {
            if (!answers.get(i).equals("absent")) {
                CheckName check = CheckName.builtIn().get(i);
                step = step.ledger().answered(report(check, answers.get(i)), "id", T0.plusSeconds(i), Policy.DEFAULT);
                last = step.verdict().or(keep(last));
            }
        }
        step = step.ledger().at(T0.plusSeconds(300), Policy.DEFAULT);
        return step.verdict().or(keep(last)).orElseThrow();
    }

    private static java.util.function.Supplier<Optional<Verdict>> keep(Optional<Verdict> verdict) {
        return () -> verdict;
    }

    private static CheckReport report(CheckName check, String answer) {
        return switch (answer) {
            case "passed" -> Samples.report("r", check, Outcome.PASSED);
            case "failed" -> Samples.report("r", check, Outcome.FAILED);
            case "inconclusive" -> Samples.report("r", check, Outcome.INCONCLUSIVE);
            case "not-applicable" -> Samples.report("r", check, Outcome.NOT_APPLICABLE);
            default ->
                Samples.report(
                        "r",
                        check,
                        Outcome.INCONCLUSIVE,
                        Finding.of(
                                new FindingCode("pipeline.check-crashed"),
                                Severity.UNPROVEN,
                                check.value(),
                                "it crashed"));
        };
    }
}
