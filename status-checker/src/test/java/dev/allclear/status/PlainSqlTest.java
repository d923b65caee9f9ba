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
}
