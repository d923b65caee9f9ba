package dev.allclear.row;

import dev.allclear.event.MigrationDescription;
import dev.allclear.testkit.CheckerContract;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.FindingPages;
import dev.allclear.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The row check keeps what every check promises; a bad migration misses some rows. */
final class RowCheckerContractTest extends CheckerContract {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    RowCheckerContractTest() {
        super(new RowCheckerModule(), postgres);
    }

    @Override
    protected void scene() {
        postgres.execute(
                "create table orders (id int primary key, currency text)",
                "insert into orders select i from generate_series(1, 1000) i");
    }

    @Override
    protected void migrateWell() {
        postgres.execute("update orders set currency = 'EUR'");
    }

    @Override
    protected void migrateBadly() {
        postgres.execute("update orders set currency = 'EUR' where id % 100 > 0");
    }

    @Override
    protected MigrationDescription description() {
        return new DescriptionBuilder()
                .expectations(List.of(
                        Map.of("table", "public.orders", "filled", "currency"),
                        Map.of("table", "public.orders", "rows", "unchanged")))
                .build();
    }

    @Override
    protected Set<String> codes() {
        return FindingPages.codes(Path.of("../docs/findings"), "rows");
    }
}
