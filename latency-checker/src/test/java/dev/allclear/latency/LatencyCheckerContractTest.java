package dev.allclear.latency;

import dev.allclear.testkit.CheckerContract;
import dev.allclear.testkit.FindingPages;
import dev.allclear.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The latency check keeps what every check promises; a bad migration drops the index of a query. */
final class LatencyCheckerContractTest extends CheckerContract {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    LatencyCheckerContractTest() {
        super(new LatencyCheckerModule(), postgres);
    }

    @Override
    protected void scene() {
        postgres.execute(
                "create table orders as select i as id, (i * 7919) % 10000 as customer_id, repeat('x', 60) as note from generate_series(1, 50000) i",
                "create index orders_customer_idx on orders (customer_id)", "vacuum analyze orders");
    }

    @Override
    protected void migrateWell() {
        postgres.execute("create table invoices (id int primary key)");
    }

    @Override
    protected void migrateBadly() {
        postgres.execute("drop index orders_customer_idx");
    }

    @Override
    protected String settings() {
        return """
                latency:
                  queries:
                    - name: orders-of-customer
                      sql: select * from orders where customer_id = $1 order by id desc limit 20
                      parameters: [[42], [7]]
                """;
    }

    @Override
    protected Set<String> codes() {
        return FindingPages.codes(Path.of("../docs/findings"), "latency");
    }
}
