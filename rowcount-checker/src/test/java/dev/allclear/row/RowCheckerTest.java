package dev.allclear.row;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RowCheckerTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeAll
    static void tables() {
        postgres.execute(
                "create table orders (id int primary key, currency text, status text not null)",
                "insert into orders select i, case when i % 100 = 0 then null else 'EUR' end, 'new'"
                        + " from generate_series(1, 2000) i",
                "create table plans (code text primary key, price numeric(4,1), active boolean, note varchar(3))",
                "insert into plans values ('a', 1.5, true, 'abc'), ('b', null, true, 'abc'), ('c', 2, false, 'x')");
    }

    @Test
    void namesTheRowsThatABackfillMissed() {
        CheckReport report = new RowScene(postgres).after("- { table: public.orders, filled: currency }");

        assertThat(report)
                .failed()
                .withFinding("rows.incomplete-backfill")
                .withSeverity(Severity.ERROR)
                .about("public.orders")
                .saying("1,980 of 2,000 rows have currency (20 missed)", "id 100, 200, 300, 400, 500")
                .withRemedy("SELECT \"id\" FROM \"public\".\"orders\" WHERE \"currency\" IS NULL");
        Assertions.assertThat(report.summary())
                .isEqualTo("public.orders: 1,980 of 2,000 rows have currency (20 missed).");
        Assertions.assertThat(report.measurements().get("tables"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("table", "public.orders")
                .containsEntry("expectation", "filled: currency")
                .containsEntry("expected", "2,000")
                .containsEntry("expectedRows", 2000L)
                .containsEntry("met", false)
                .containsEntry("actual", 1980L)
                .containsEntry("missed", 20L)
                .containsEntry("keys", List.of("100", "200", "300", "400", "500"))
                .containsEntry("strategy", "one pass over the table")
                .containsKeys("databaseMillis", "queries", "blocks");
        Assertions.assertThat(report.cost().blocks())
                .hasValueSatisfying(blocks -> Assertions.assertThat(blocks).isPositive());
        Assertions.assertThat(report.cost().queries()).isPositive();
    }

    @Test
    void passes_whenEveryRowIsFilled() {
        CheckReport report = new RowScene(postgres).after("- { table: orders, filled: status }");

        assertThat(report).passed();
        Assertions.assertThat(report.summary()).isEqualTo("public.orders: all 2,000 rows have status.");
    }

    @Test
    void counts_thoughANotNullThatIsNotValidatedPromisesThatNoRowIsMissed() {
        postgres.needs(18, "NOT NULL ... NOT VALID");
        postgres.execute(
                "create table promised as table orders",
                "alter table promised add constraint promise not null currency not valid");

        CheckReport report = new RowScene(postgres).after("- { table: promised, filled: currency }");

        assertThat(report)
                .failed()
                .withFinding("rows.incomplete-backfill")
                .saying("1,980 of 2,000 rows have currency (20 missed)");
    }

    @Test
    void countsAColumnThatIsComputedWhenRead() {
        postgres.needs(18, "virtual generated columns");
        postgres.execute(
                "create table computed (id int primary key, price int, gross int generated always as (price * 2) virtual)",
                "insert into computed select i, nullif(i % 10, 0) from generate_series(1, 100) i");

        CheckReport report = new RowScene(postgres).after("- { table: computed, filled: gross }");

        assertThat(report)
                .failed()
                .withFinding("rows.incomplete-backfill")
                .saying("90 of 100 rows have gross", "id 10, 20");
    }

    @Test
    void keepsTextKeysToItself_unlessConfigured() {
        String expectation = "- { table: plans, filled: price }";

        CheckReport discreet = new RowScene(postgres).after(expectation);
        CheckReport open = new RowScene(postgres, postgres.parts(), true).after(expectation);

        Assertions.assertThat(discreet.findings().get(0).message()).doesNotContain("among them");
        assertThat(open).withFinding("rows.incomplete-backfill").saying("among them code b");
    }

    @Test
    void showsCompositeAndUuidKeys() {
        postgres.execute(
                "create table lines (order_id int, line uuid, currency text, primary key (line, order_id))",
                "insert into lines values (7, '00000000-0000-0000-0000-000000000001', null)");

        CheckReport report = new RowScene(postgres).after("- { table: lines, filled: currency }");

        assertThat(report)
                .withFinding("rows.incomplete-backfill")
                .saying("(line, order_id) (00000000-0000-0000-0000-000000000001, 7)");
    }

    @Test
    void judgesNumbersRangesAndConditions_inOneStatement() {
        RowScene scene = new RowScene(postgres);

        assertThat(scene.after("""
                        - { table: plans, rows: 3 }
                        - { table: plans, rows: { min: 1, max: 3 } }
                        - { table: plans, rows: { min: 3 } }
                        - { table: plans, where: { column: active, equals: true }, rows: 2 }
                        - { table: plans, where: { column: price, equals: 1.50 }, rows: 1 }
                        - { table: plans, where: { column: note, equals: abcdef }, rows: 0 }
                        - { table: plans, rows: 4, tolerance: 1 }
                        """)).passed();
        assertThat(scene.after("- { table: plans, rows: 4 }"))
                .failed()
                .withFinding("rows.mismatch")
                .saying("public.plans: 3 rows, expected 4; 1 off, allowed 0 rows");
        assertThat(scene.after("- { table: plans, rows: { min: 4, max: 9 } }")).failed();
        assertThat(scene.after("- { table: plans, rows: { max: 2 } }")).failed();
        assertThat(scene.after("- { table: plans, where: { column: active, equals: true }, rows: 0 }"))
                .failed()
                .withFinding("rows.mismatch")
                .saying("where active = true: 2 rows, expected 0");
    }

    @Test
    void answersTheOthers_whenOneValueDoesNotFitItsColumn() {
        CheckReport report = new RowScene(postgres)
                .after(
                        "- { table: plans, rows: 4 }\n- { table: plans, where: { column: price, equals: cheap }, rows: 0 }");

        assertThat(report).failed().withFinding("rows.mismatch");
        assertThat(report).withFinding("rows.statement-refused").withSeverity(Severity.UNPROVEN);
    }

    @Test
    void comparesWithBefore() {
        postgres.execute("create table customers as select i as id from generate_series(1, 1000) i");
        RowScene scene = new RowScene(postgres);
        Runnable deletes120 =
                () -> postgres.execute("delete from customers where id in (select id from customers limit 120)");

        assertThat(scene.around("- { table: customers, rows: unchanged }", () -> {}))
                .passed();
        assertThat(scene.around("- { table: customers, rows: { change: -120 } }", deletes120))
                .passed();
        assertThat(scene.around("- { table: customers, rows: unchanged }", deletes120))
                .failed()
                .withFinding("rows.mismatch")
                .saying("public.customers: 760 rows, expected 880 (880 before, unchanged); 120 off, allowed 0 rows");
        assertThat(scene.around("- { table: customers, rows: unchanged, tolerance: 20% }", deletes120))
                .passed();
        assertThat(scene.around("- { table: customers, rows: unchanged, tolerance: 10% }", deletes120))
                .failed();
    }

    @Test
    void leavesADifferenceOpen_whenOthersWriteTheTable() throws Exception {
        postgres.execute("create table visits (at timestamptz)");
        String expectation = "- { table: visits, rows: unchanged }\n- { table: visits, rows: 7 }";
        CheckReport report;
        try (Writers traffic = new Writers(postgres)) {
            report = new RowScene(postgres).around(expectation, traffic::awaitSome);
        }

        assertThat(report)
                .withFinding("rows.concurrent-writes")
                .withSeverity(Severity.UNPROVEN)
                .about("public.visits");
        Assertions.assertThat(report.findings())
                .noneMatch(finding -> finding.message().contains("unchanged") && finding.severity() == Severity.ERROR);
    }

    @Test
    void isUndecided_withoutACountFromBefore() {
        RowScene scene = new RowScene(postgres);

        assertThat(scene.after("- { table: plans, rows: unchanged }"))
                .inconclusive()
                .withFinding("rows.no-baseline")
                .about("public.plans");
        assertThat(scene.after("- { table: plans, rows: { change: 1 } }")).inconclusive();
    }

    @Test
    void isUndecided_whenTheCountFromBeforeIsFromAfter() {
        RowScene scene = new RowScene(postgres);
        var description =
                RowScene.declaring("- { table: plans, rows: unchanged }").build();

        CheckReport report = scene.afterWithoutAWord(description, scene.before(description), Instant.EPOCH);

        assertThat(report)
                .inconclusive()
                .withFinding("rows.baseline-contaminated")
                .about("public.plans");
    }

    /** Rows keep no time: what the migration had lost of them by then is missing from "before" too. */
    @Test
    void isUndecided_whenNobodySaysThatTheCountFromBeforeWasAwaited() {
        postgres.execute(
                "create table begun as select i from generate_series(1, 100) i", "delete from begun where i > 90");
        RowScene scene = new RowScene(postgres);
        var description =
                RowScene.declaring("- { table: begun, rows: unchanged }").build();

        CheckReport report = scene.afterWithoutAWord(description, scene.before(description), Instant.MAX);

        assertThat(report)
                .inconclusive()
                .withFinding("rows.baseline-contaminated")
                .saying("did not say that it waited");
    }

    @Test
    void asksWhatTheStartDeclared_evenIfTheEndDoesNotRepeatIt() {
        RowScene scene = new RowScene(postgres);
        var started = RowScene.declaring("- { table: plans, rows: 9 }").build();
        var completed = new DescriptionBuilder().build();

        CheckReport report = scene.after(completed, Optional.of(scene.before(started)), Instant.MAX);

        assertThat(report).failed().withFinding("rows.mismatch");
    }

    @Test
    void isNotApplicable_whenNothingIsDeclared() {
        CheckReport report = new RowScene(postgres).around("", () -> {});

        assertThat(report).notApplicable().withFinding("rows.not-applicable").withSeverity(Severity.INFO);
    }

    @Test
    void isNotProven_whenTheEndDeclaresNothingAndTheStartIsNotKnown() {
        CheckReport report = new RowScene(postgres).after("");

        assertThat(report)
                .inconclusive()
                .withFinding("rows.no-baseline")
                .withSeverity(Severity.UNPROVEN)
                .saying("what was declared at its start, if anything, was not examined");
    }

    @Test
    void neverIgnoresWhatItCannotRead() {
        RowScene scene = new RowScene(postgres);

        assertThat(scene.after("- { table: plans, uniq: [code] }"))
                .inconclusive()
                .withFinding("rows.invalid-expectation")
                .about("plans")
                .saying("\"uniq\"");
        assertThat(scene.after("- { table: plans, rows: 3 }\n- { table: plans, wors: 3 }"))
                .inconclusive()
                .withFinding("rows.invalid-expectation")
                .saying("expectations[1]", "\"wors\"");
    }

    @Test
    void fails_whenTheTableOrColumnIsNotThere() {
        RowScene scene = new RowScene(postgres);

        assertThat(scene.after("- { table: public.plnas, rows: 3 }"))
                .failed()
                .withFinding("rows.table-not-found")
                .about("public.plnas");
        assertThat(scene.after("- { table: plans, filled: currency }"))
                .failed()
                .withFinding("rows.column-not-found")
                .saying("public.plans has no column currency");
        assertThat(scene.after("- { table: pg_catalog.pg_class, rows: 3 }")).failed();
    }
}
