package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How bad each lost grant, other owner and changed row security is; in a schema and with names that need quotes. */
final class AccessDebrisTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final Shop shop = new Shop(postgres);

    @BeforeEach
    void open() {
        shop.open();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void fails_whenASwappedInTableLacksTheGrantsOfTheOld() throws Exception {
        CheckReport report = shop.after(
                "create table \"Sales Dept\".\"New\" (like \"Sales Dept\".\"Orders\" including all)",
                "alter table \"Sales Dept\".\"Orders\" rename to \"Old\"",
                "alter table \"Sales Dept\".\"New\" rename to \"Orders\"");

        assertThat(report)
                .failed()
                .withFinding("status.grant-lost")
                .about("Sales Dept.Orders")
                .withSeverity(Severity.ERROR)
                .saying("INSERT (total), SELECT, UPDATE (tenant) of \"Web App\"", "another object")
                .withRemedy(
                        "GRANT INSERT (total), SELECT, UPDATE (tenant) ON TABLE \"Sales Dept\".\"Orders\" TO \"Web App\";");
    }

    /** CREATE OR REPLACE VIEW takes the options anew, also those that it does not name. */
    @Test
    void fails_whenAViewNoLongerAsksRowSecurityForWhoReadsIt() throws Exception {
        postgres.needs(15, "security_invoker");
        postgres.execute(
                "create view \"Sales Dept\".\"Open\" with (security_invoker = on) as select * from \"Sales Dept\".\"Orders\"");

        CheckReport report =
                shop.after("create or replace view \"Sales Dept\".\"Open\" as select * from \"Sales Dept\".\"Orders\"");

        assertThat(report)
                .failed()
                .withFinding("status.row-security-changed")
                .about("Sales Dept.Open")
                .withSeverity(Severity.ERROR)
                .saying("security_invoker")
                .withRemedy("ALTER VIEW \"Sales Dept\".\"Open\" SET (security_invoker = true);");
    }

    @Test
    void fails_whenAViewTookTheGuardedTablesPlace() throws Exception {
        postgres.execute("alter table \"Sales Dept\".\"Orders\" enable row level security");

        CheckReport report = shop.after(
                "alter table \"Sales Dept\".\"Orders\" rename to \"Old\"",
                "create view \"Sales Dept\".\"Orders\" as select * from \"Sales Dept\".\"Old\"",
                "grant select, insert (total), update (tenant) on \"Sales Dept\".\"Orders\" to \"Web App\"");

        assertThat(report)
                .failed()
                .withFinding("status.row-security-changed")
                .about("Sales Dept.Orders")
                .withSeverity(Severity.ERROR);
    }

    @Test
    void fails_whenAViewTookATablesPlaceWithoutItsGrants() throws Exception {
        CheckReport report = shop.after(
                "alter table \"Sales Dept\".\"Orders\" rename to \"Old\"",
                "create view \"Sales Dept\".\"Orders\" as select * from \"Sales Dept\".\"Old\"");

        assertThat(report)
                .failed()
                .withFinding("status.grant-lost")
                .about("Sales Dept.Orders")
                .withSeverity(Severity.ERROR);
    }

    @Test
    void warnsOnly_whenARightWasRevoked() throws Exception {
        CheckReport report = shop.after("revoke select on \"Sales Dept\".\"Orders\" from \"Web App\"");

        assertThat(report).passed().withFinding("status.grant-lost").withSeverity(Severity.WARNING);
        assertThat(Shop.sentences(report))
                .containsExactly("grants on table Sales Dept.Orders lost: SELECT of \"Web App\"");
    }

    @Test
    void mentionsOnly_aRightThatItsRoleHasInAnotherWay() throws Exception {
        CheckReport report = shop.after(
                "grant select on \"Sales Dept\".\"Orders\" to public",
                "revoke select on \"Sales Dept\".\"Orders\" from \"Web App\"");

        assertThat(report).passed().withFinding("status.grant-lost").withSeverity(Severity.INFO);
    }

    @Test
    void isNoLoss_whenTheColumnOrTheRoleIsGone() throws Exception {
        postgres.execute("create role leaver", "grant delete on \"Sales Dept\".\"Orders\" to leaver");

        CheckReport report = shop.after(
                "alter table \"Sales Dept\".\"Orders\" drop column tenant", "drop owned by leaver", "drop role leaver");

        assertThat(report).passed().withoutFinding("status.grant-lost");
    }

    @Test
    void fails_whenASchemasOrARoutinesGrantIsGone() throws Exception {
        postgres.execute(
                "create function \"Sales Dept\".vat(x numeric) returns numeric language sql as 'select x'",
                "revoke execute on function \"Sales Dept\".vat from public",
                "grant execute on function \"Sales Dept\".vat to \"Web App\"");

        CheckReport report = shop.after(
                "drop function \"Sales Dept\".vat",
                "create function \"Sales Dept\".vat(x numeric) returns numeric language sql as 'select x * 2'",
                "revoke execute on function \"Sales Dept\".vat from public",
                "revoke usage on schema \"Sales Dept\" from \"Web App\"");

        assertThat(report)
                .failed()
                .withFinding("status.grant-lost")
                .withRemedy("GRANT EXECUTE ON ROUTINE \"Sales Dept\".vat(x numeric) TO \"Web App\";")
                .withRemedy("GRANT USAGE ON SCHEMA \"Sales Dept\" TO \"Web App\";");
        assertThat(Shop.findings(report, "status.grant-lost"))
                .containsExactlyInAnyOrder("ERROR Sales Dept.vat(x numeric)", "WARNING Sales Dept");
    }

    @Test
    void mentionsOnly_anOwnerWhoMayStillRead() throws Exception {
        CheckReport report = shop.after("alter table \"Sales Dept\".\"Orders\" owner to \"Web App\"");

        assertThat(report)
                .passed()
                .withFinding("status.owner-changed")
                .about("Sales Dept.Orders")
                .withSeverity(Severity.INFO)
                .withRemedy("ALTER TABLE \"Sales Dept\".\"Orders\" OWNER TO postgres;");
        assertThat(Shop.codes(report)).containsOnlyOnce("status.owner-changed");
    }

    @Test
    void tellsWhichWayRowSecurityMoved() throws Exception {
        postgres.execute(
                "alter table \"Sales Dept\".\"Orders\" enable row level security",
                "alter table \"Sales Dept\".\"Orders\" force row level security",
                "create policy mine on \"Sales Dept\".\"Orders\" using (tenant = current_user)",
                "create policy late on \"Sales Dept\".\"Orders\" as restrictive for delete to \"Web App\" using (total > 1)",
                "create policy other on \"Sales Dept\".\"Orders\" using (total = 0)");

        CheckReport report = shop.after(
                "alter table \"Sales Dept\".\"Orders\" no force row level security",
                "drop policy late on \"Sales Dept\".\"Orders\"",
                "drop policy other on \"Sales Dept\".\"Orders\"",
                "alter policy mine on \"Sales Dept\".\"Orders\" using (true)",
                "create policy fresh on \"Sales Dept\".\"Orders\" using (total = 1)");

        assertThat(Shop.findings(report, "status.row-security-changed"))
                .containsExactlyInAnyOrder(
                        "ERROR Sales Dept.Orders",
                        "ERROR Sales Dept.Orders.late",
                        "WARNING Sales Dept.Orders.other",
                        "WARNING Sales Dept.Orders.mine",
                        "INFO Sales Dept.Orders.fresh");
        assertThat(report)
                .withFinding("status.row-security-changed")
                .withRemedy("ALTER TABLE \"Sales Dept\".\"Orders\" FORCE ROW LEVEL SECURITY;")
                .withRemedy(
                        "CREATE POLICY late ON \"Sales Dept\".\"Orders\" AS RESTRICTIVE FOR DELETE TO \"Web App\" USING (…)");
    }

    @Test
    void fails_whenTheLastPermissivePolicyIsGone_andWarnsWhenThereNeverWasOne() throws Exception {
        postgres.execute(
                "alter table \"Sales Dept\".\"Orders\" enable row level security",
                "create policy mine on \"Sales Dept\".\"Orders\" using (true)",
                "create table \"Sales Dept\".lines (id int)");

        CheckReport report = shop.after(
                "drop policy mine on \"Sales Dept\".\"Orders\"",
                "alter table \"Sales Dept\".lines enable row level security");

        assertThat(report).failed();
        assertThat(Shop.findings(report, "status.row-security-changed"))
                .containsExactlyInAnyOrder("ERROR Sales Dept.Orders.mine", "WARNING Sales Dept.lines");
    }
}
