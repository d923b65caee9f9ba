package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionDiagnosisTest {
    private static final Observed ORDINARY = new Observed("", 0, 0, 0, 0, 0);

    @Test
    void namesParallelismThatIsGone() {
        assertThat(cause(new Observed("", 0, 0, 0, 2, 2), ORDINARY))
                .hasValueSatisfying(cause ->
                        assertThat(cause.sentence()).isEqualTo("its plan is no longer parallel (2 workers before)."));
        assertThat(cause(new Observed("", 0, 0, 0, 2, 2), new Observed("", 0, 0, 0, 2, 0)))
                .hasValueSatisfying(
                        cause -> assertThat(cause.sentence()).startsWith("no parallel worker was free, of 2 planned"));
    }

    @Test
    void namesCompilationThatWasNotThereBefore() {
        assertThat(cause(ORDINARY, new Observed("", 0, 0, 120, 0, 0)))
                .hasValueSatisfying(cause -> assertThat(cause.sentence()).contains("JIT", "120 ms"));
        assertThat(cause(new Observed("", 0, 0, 110, 0, 0), new Observed("", 0, 0, 120, 0, 0)))
                .isEmpty();
    }

    @Test
    void namesTheTableWhoseRowsAreMisjudged() {
        Observed misjudged = Observed.of(Json.parse("""
                {"Plan": {"Node Type": "Nested Loop", "Plan Rows": 1, "Actual Rows": 1, "Actual Loops": 1, "Plans": [
                  {"Node Type": "Seq Scan", "Schema": "public", "Relation Name": "orders", "Plan Rows": 1,
                   "Actual Rows": 5000, "Actual Loops": 1},
                  {"Node Type": "Seq Scan", "Schema": "public", "Relation Name": "lines", "Plan Rows": 10,
                   "Actual Rows": 20, "Actual Loops": 1}]}}"""));

        assertThat(misjudged.misjudged()).isEqualTo("public.orders");
        assertThat(cause(ORDINARY, misjudged)).hasValueSatisfying(cause -> assertThat(cause.sentence())
                .isEqualTo("the planner expects 1 rows of public.orders and gets 5000."));
    }

    @Test
    void doesNotCallALimitAMisjudgement() {
        Observed observed = Observed.of(Json.parse("""
                {"Plan": {"Node Type": "Limit", "Plans": [{"Node Type": "Seq Scan", "Schema": "public",
                  "Relation Name": "orders", "Plan Rows": 100000, "Actual Rows": 20, "Actual Loops": 1}]},
                 "JIT": {"Functions": 3, "Timing": {"Total": 7.5}}}"""));

        assertThat(observed.isMisjudged()).isFalse();
        assertThat(observed.jitMillis()).isEqualTo(7.5);
    }

    private static Optional<Cause> cause(Observed before, Observed after) {
        return ExecutionDiagnosis.of(probe(before), probe(after), LatencySnapshot.NOTHING);
    }

    private static Probe probe(Observed observed) {
        return new Probe(
                "q",
                0,
                "0",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(observed),
                Optional.empty());
    }
}
