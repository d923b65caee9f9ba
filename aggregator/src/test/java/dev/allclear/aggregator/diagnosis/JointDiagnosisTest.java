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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JointDiagnosisTest {
    private static final Finding INVALID = error("status.invalid-index", "public.orders_new_idx", "skipped")
            .withEvidence("index", "public.orders_new_idx")
            .withEvidence("table", "public.orders");
    private static final Finding SLOW = error("latency.plan-regressed", "by-customer", "costs 182 times as much")
            .withEvidence("index", "public.orders_old_idx")
            .withEvidence("indexState", "dropped");

    private static final Finding UNDEFINED =
            error("logs.undefined-column", "orders.total", "column orders.total does not exist");

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

    @Test
    void saysByHowMuch_whereAClockSaysSo() {
        Finding timed = error("latency.slower", "by-customer", "takes 80 ms instead of 2 ms")
                .withEvidence("ratio", 40.2)
                .withEvidence("index", "public.orders_old_idx")
                .withEvidence("indexState", "dropped");
        Finding ofAnother = error("latency.slower", "by-date", "takes 8 s").withEvidence("ratio", 99.0);

        List<Diagnosis> causes = JointDiagnosis.of(List.of(answer("latency", SLOW, ofAnother, timed)));

        assertThat(causes)
                .containsExactly(new Diagnosis(
                        "by-customer is 40× slower because this migration dropped public.orders_old_idx",
                        List.of(SLOW.code(), timed.code())));
    }

    @Test
    void takesAPlansCostForNoTime() {
        List<Diagnosis> causes = JointDiagnosis.of(List.of(answer("latency", SLOW.withEvidence("ratio", 182.0))));

        assertThat(causes)
                .extracting(Diagnosis::cause)
                .containsExactly("by-customer is slower because this migration dropped public.orders_old_idx");
    }

    @Test
    void namesWhatWentWithTheMigration_whenTheApplicationStillUsesIt() {
        Finding used = UNDEFINED
                .withEvidence("after", 312L)
                .withEvidence("first", "2026-01-31T12:00:00Z")
                .withEvidence("last", "2026-01-31T12:02:00Z");

        List<Diagnosis> causes = JointDiagnosis.of(
                List.of(answer("status", dropped("column", "public.orders.total")), answer("logs", used)));

        assertThat(causes)
                .containsExactly(new Diagnosis(
                        "the application still uses column orders.total, which went with this migration"
                                + " (public.orders.total): 312 errors within 2 min",
                        List.of(used.code(), new FindingCode("status.object-dropped"))));
    }

    @Test
    void doesNotBlameTheMigration_forAColumnOfAnotherTableOrAnotherKind() {
        List<Diagnosis> causes = JointDiagnosis.of(List.of(
                answer("status", dropped("column", "public.invoices.total"), dropped("table", "public.orders.total")),
                answer("logs", UNDEFINED.withEvidence("after", 1))));

        assertThat(causes)
                .extracting(Diagnosis::cause)
                .containsExactly("the application still uses column orders.total, which is no longer there: 1 error");
    }

    @Test
    void tellsAFunctionByItsName_whateverItsArguments() {
        Finding used = error("logs.undefined-function", "price_of(bigint)", "function price_of(bigint) does not exist");

        List<Diagnosis> causes = JointDiagnosis.of(
                List.of(answer("status", dropped("function", "public.price_of(integer)")), answer("logs", used)));

        assertThat(causes).extracting(Diagnosis::cause).allMatch(cause -> cause.contains("went with this migration"));
    }

    @Test
    void joinsAnUnfinishedBackfillWithTheConstraintThatWaits_andWithRefusedWrites() {
        Finding missed = error("rows.incomplete-backfill", "public.orders", "1204 of 5000 rows have no currency")
                .withEvidence("missed", 1_204)
                .withEvidence("columns", "currency");
        Finding refused = error("logs.not-null-violation", "orders.currency", "null value in column");

        List<Diagnosis> causes = JointDiagnosis.of(List.of(
                answer("status", waiting("public.orders", "currency"), waiting("public.orders", "currency_code")),
                answer("rows", missed),
                answer("logs", refused, error("logs.not-null-violation", "currency", "of some table"))));

        assertThat(causes)
                .extracting(Diagnosis::cause)
                .containsExactly(
                        "the backfill missed 1,204 rows of public.orders without currency, and"
                                + " public.orders.check_currency, which this run added on that column, is still to be"
                                + " validated and may break on them",
                        "the backfill missed 1,204 rows of public.orders without currency, and the application's own"
                                + " writes without it are refused");
    }

    @Test
    void saysNothingOfABackfill_whoseNextStepNoCheckHasSeen() {
        Finding missed = error("rows.incomplete-backfill", "public.orders", "1204 of 5000 rows have no currency")
                .withEvidence("missed", 1_204)
                .withEvidence("columns", "currency");

        assertThat(JointDiagnosis.of(
                        List.of(answer("rows", missed), answer("status", waiting("public.invoices", "currency")))))
                .isEmpty();
    }

    @Test
    void blamesALeftLock_onlyForThoseWhoWaitForTheSameTable() {
        Finding held = error("locks.held-after-completion", "public.orders", "held 12 s");
        Finding waits = error("locks.sessions-blocked", "public.orders", "3 sessions waited 80 s");

        assertThat(JointDiagnosis.of(List.of(answer("locks", held, waits))))
                .extracting(Diagnosis::cause)
                .containsExactly("sessions that need public.orders are kept waiting by the lock that was left on it");
        assertThat(JointDiagnosis.of(List.of(
                        answer("locks", held, error("locks.sessions-blocked", "public.orders_archive", "waited")))))
                .isEmpty();
    }

    @Test
    void hasAPageForEachRule() throws IOException {
        Path pages = Path.of("../docs/causes");
        String index = Files.readString(pages.resolve("README.md"));

        for (CauseRule rule : JointDiagnosis.RULES) {
            assertThat(index).contains("(" + rule.name() + ".md)");
            assertThat(pages.resolve(rule.name() + ".md")).content().contains("# " + rule.name(), "Rests on");
        }
        try (Stream<Path> files = Files.list(pages)) {
            assertThat(files).hasSize(JointDiagnosis.RULES.size() + 1);
        }
    }

    private static Finding dropped(String kind, String object) {
        return Finding.of(new FindingCode("status.object-dropped"), Severity.INFO, object, "gone")
                .withEvidence("kind", kind);
    }

    private static Finding waiting(String table, String column) {
        return Finding.of(
                        new FindingCode("status.constraint-not-validated"),
                        Severity.WARNING,
                        table + ".check_" + column,
                        "not validated")
                .withEvidence("table", table)
                .withEvidence("columns", column);
    }

    private static Finding error(String code, String subject, String message) {
        return Finding.of(new FindingCode(code), Severity.ERROR, subject, message);
    }

    private static CheckVerdict answer(String check, Finding... findings) {
        return new CheckVerdict(new CheckName(check), true, Outcome.FAILED, "failed", List.of(findings), Cost.NONE);
    }
}
