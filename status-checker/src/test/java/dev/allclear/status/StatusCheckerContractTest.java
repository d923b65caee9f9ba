package dev.allclear.status;

import dev.allclear.event.MigrationDescription;
import dev.allclear.testkit.CheckerContract;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.FindingPages;
import dev.allclear.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The status check keeps what every check promises; a bad migration leaves an index that is not valid. */
final class StatusCheckerContractTest extends CheckerContract {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    StatusCheckerContractTest() {
        super(new StatusCheckerModule(), postgres);
    }

    @Override
    protected void scene() {
        postgres.execute("create table orders (id int primary key, total numeric)");
    }

    @Override
    protected void migrateWell() {
        postgres.execute("create table invoices (id int primary key)");
    }

    @Override
    protected void migrateBadly() {
        postgres.execute(
                "create index orders_total_idx on orders (total)",
                "update pg_index set indisvalid = false where indexrelid = 'orders_total_idx'::regclass");
    }

    @Override
    protected String settings() {
        return "status: { settle: 50ms }";
    }

    @Override
    protected MigrationDescription description() {
        return new DescriptionBuilder().tool("sql").build();
    }

    @Override
    protected Set<String> codes() {
        return FindingPages.codes(Path.of("../docs/findings"), "status");
    }
}
