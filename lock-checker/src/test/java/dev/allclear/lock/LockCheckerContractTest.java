package dev.allclear.lock;

import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.event.MigrationDescription;
import dev.allclear.testkit.CheckerContract;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.FindingPages;
import dev.allclear.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lock check keeps what every check promises; a bad migration does not end its transaction. */
final class LockCheckerContractTest extends CheckerContract {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    LockCheckerContractTest() {
        super(new LockCheckerModule(), postgres);
    }

    @Override
    protected void scene() {
        postgres.execute("create table orders (id int primary key, total numeric)");
    }

    @Override
    protected void migrateWell() {
        postgres.execute("alter table orders add column currency text");
    }

    @Override
    protected void migrateBadly() throws SQLException {
        Connection migration = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "flyway");
        migration.setAutoCommit(false);
        try (Statement statement = migration.createStatement()) {
            statement.execute("alter table orders add column currency text");
        }
    }

    @Override
    protected String settings() {
        return LockScene.SETTINGS;
    }

    @Override
    protected MigrationDescription description() {
        return new DescriptionBuilder().applicationNames("flyway").build();
    }

    @Override
    protected Set<String> codes() {
        return FindingPages.codes(Path.of("../docs/findings"), "locks");
    }
}
