package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plain script keeps no record of what it applied. */
final class PlainSqlTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void isNotProven_whenATargetIsNamedThatNoTableCanHave() throws Exception {
        CheckReport report = new Rehearsal(postgres).tool("sql").targets("7").run(() -> {
            postgres.execute("create table orders (id int primary key)");
            return "";
        });

        assertThat(report)
                .inconclusive()
                .withFinding("status.version-missing")
                .about("7")
                .withSeverity(Severity.UNPROVEN)
                .saying("a plain script keeps no record of versions");
    }

    /** What it printed is known all the same. */
    @Test
    void fails_whenItPrintedErrors_thoughTheDatabaseCanNoLongerBeAsked() throws Exception {
        postgres.execute(
                "do $$ begin if not exists (select from pg_roles where rolname = 'leaver') then create role leaver; end if; end $$",
                "alter role leaver login",
                "grant pg_monitor to leaver");

        CheckReport report = new Rehearsal(postgres)
                .tool("sql")
                .with(postgres.partsAs("leaver", Rehearsal.QUICKLY))
                .run(() -> {
                    postgres.execute("alter role leaver nologin");
                    return "psql:all.sql:3: ERROR:  relation \"x\" does not exist";
                });

        assertThat(report).failed().withFinding("status.tool-reported-error");
        assertThat(report).failed().withFinding("status.database-unreachable").withSeverity(Severity.UNPROVEN);
    }
}
