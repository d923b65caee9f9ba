package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only some of the supported versions of PostgreSQL have, or keep in their catalogs in another way. */
@EveryPostgres
final class PostgresVersionsTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeEach
    void makeAShop() {
        postgres.execute(
                "create table customers (id int primary key, country text)",
                "create table orders (id int primary key, customer int, total numeric)",
                "insert into customers values (1, null)");
    }

    @AfterEach
    void emptyTheDatabase() {
        postgres.execute("drop schema public cascade", "create schema public");
    }

    @Test
    void seesThatAFunctionWithASqlBodyChanged() throws Exception {
        postgres.execute("create function vat(numeric) returns numeric return $1 * 0.19");

        CheckReport report =
                migration("create or replace function vat(numeric) returns numeric begin atomic select $1 * 0.2; end");

        assertThat(report).passed();
        assertThat(sentences(report)).containsExactly("function public.vat(numeric) definition changed");
    }

    @Test
    void seesThatAUniqueIndexNoLongerAllowsTwoNulls() throws Exception {
        postgres.needs(15, "NULLS NOT DISTINCT");
        postgres.execute("create unique index one_each on customers (country)");

        CheckReport report = migration(
                "drop index one_each", "create unique index one_each on customers (country) nulls not distinct");

        assertThat(sentences(report))
                .singleElement()
                .asString()
                .contains("public.one_each definition", "→ unique nulls not distinct btree (country)");
    }

    @Test
    void remindsOfANotNullConstraintThatIsNotValidated_andOfNoneOnceItIs() throws Exception {
        postgres.needs(18, "NOT NULL ... NOT VALID");

        CheckReport added = migration("alter table customers add constraint has_country not null country not valid");
        CheckReport validated = migration(
                "update customers set country = 'DE'", "alter table customers validate constraint has_country");

        assertThat(added)
                .passed()
                .withFinding("status.constraint-not-validated")
                .about("public.customers.has_country")
                .withRemedy("ALTER TABLE public.customers VALIDATE CONSTRAINT has_country;");
        assertThat(sentences(added))
                .containsExactly("constraint public.customers.has_country added: NOT NULL on country");
        assertThat(validated).passed().withoutFinding("status.constraint-not-validated");
        assertThat(sentences(validated))
                .containsExactly(
                        "column public.customers.country is now not null",
                        "constraint public.customers.has_country validated or dropped");
    }

    @Test
    void doesNotRemindOfConstraintsThatNobodyWantsEnforced_butTellsThem() throws Exception {
        postgres.needs(18, "NOT ENFORCED");

        CheckReport report = migration(
                "alter table orders add constraint positive check (total > 0) not enforced",
                "alter table orders add constraint bought foreign key (customer) references customers not enforced");

        assertThat(report).passed().withoutFinding("status.constraint-not-validated");
        assertThat(sentences(report))
                .anySatisfy(what ->
                        assertThat(what).asString().contains("orders.positive added: CHECK on total", "NOT ENFORCED"))
                .anySatisfy(what ->
                        assertThat(what).asString().contains("orders.bought added: FOREIGN KEY", "NOT ENFORCED"));
    }

    @Test
    void tellsAColumnThatIsComputedWhenRead_andNoRewrite() throws Exception {
        postgres.needs(18, "virtual generated columns");

        CheckReport report =
                migration("alter table orders add gross numeric generated always as (total * 1.19) virtual");

        assertThat(report).passed().withoutFinding("status.table-rewritten");
        assertThat(sentences(report)).singleElement().asString().contains("column public.orders.gross added: numeric");
    }

    private static CheckReport migration(String... statements) throws Exception {
        return new Rehearsal(postgres).tool("sql").run(() -> {
            postgres.execute(statements);
            return "";
        });
    }

    private static List<Object> sentences(CheckReport report) {
        return ((List<?>) report.measurements().get("changes"))
                .stream()
                        .map(change -> (Object) ((Map<?, ?>) change).get("what"))
                        .toList();
    }
}
