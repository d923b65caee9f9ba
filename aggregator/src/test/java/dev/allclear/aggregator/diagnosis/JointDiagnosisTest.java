package dev.allclear.aggregator.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Cost;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JointDiagnosisTest {
    private static final Finding INVALID = error("status.invalid-index", "public.orders_new_idx", "skipped")
            .withEvidence("index", "public.orders_new_idx")
            .withEvidence("table", "public.orders");
    private static final Finding SLOW = error("latency.plan-regressed", "by-customer", "costs 182 times as much")
            .withEvidence("index", "public.orders_old_idx")
            .withEvidence("indexState", "dropped");

    @Test
    void namesTheDroppedIndexFirst_andTheInvalidOneBesideIt() {
        Finding slow = SLOW.withEvidence("invalidIndex", "public.orders_new_idx");

        List<Diagnosis> causes = JointDiagnosis.of(List.of(answer("status", INVALID), answer("latency", slow)));

        assertThat(causes)
                .containsExactly(new Diagnosis(
                        "by-customer is slower because this migration dropped public.orders_old_idx, and public.orders_new_idx on the same table is invalid",
                        List.of(slow.code(), INVALID.code())));
    }

    @Test
    void saysItOnceAQuery_howeverManyFindingsSupportIt() {
        Finding blocks = error("latency.more-buffers", "by-customer", "touches 4348 blocks")
                .withEvidence("index", "public.orders_old_idx")
                .withEvidence("indexState", "dropped");

        List<Diagnosis> causes = JointDiagnosis.of(List.of(answer("latency", SLOW, blocks)));

        assertThat(causes)
                .extracting(Diagnosis::cause)
                .containsExactly("by-customer is slower because this migration dropped public.orders_old_idx");
    }

    @Test
    void doesNotBlameAnInvalidIndexThatTheLatencyCheckDidNotSeeBesideIt() {
        List<Diagnosis> causes = JointDiagnosis.of(List.of(answer("status", INVALID), answer("latency", SLOW)));

        assertThat(causes).extracting(Diagnosis::cause).noneMatch(cause -> cause.contains("orders_new_idx"));
    }

    @Test
    void blamesTheInvalidIndex_whenTheFindingNamesIt() {
        Finding slow = error("latency.plan-regressed", "by-customer", "the index public.orders_new_idx is invalid");

        List<Diagnosis> causes = JointDiagnosis.of(List.of(answer("status", INVALID), answer("latency", slow)));

        assertThat(causes)
                .extracting(Diagnosis::cause)
                .containsExactly(
                        "by-customer is slower because the index public.orders_new_idx is invalid and cannot be used");
    }

    private static Finding error(String code, String subject, String message) {
        return Finding.of(new FindingCode(code), Severity.ERROR, subject, message);
    }

    private static CheckVerdict answer(String check, Finding... findings) {
        return new CheckVerdict(new CheckName(check), true, Outcome.FAILED, "failed", List.of(findings), Cost.NONE);
    }
}
