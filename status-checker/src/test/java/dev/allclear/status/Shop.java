package dev.allclear.status;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A schema with a table of three orders, on which a role has rights: what the tests of debris begin with. */
final class Shop {
    private final PostgresExtension postgres;

    Shop(PostgresExtension postgres) {
        this.postgres = postgres;
    }

    void open() {
        postgres.execute(
                "create schema \"Sales Dept\"",
                "create role \"Web App\"",
                "create role reader",
                "create table \"Sales Dept\".\"Orders\" (\"Id\" serial primary key, total numeric, tenant text)",
                "insert into \"Sales Dept\".\"Orders\" (total) values (1), (2), (3)",
                "grant select, insert (total), update (tenant) on \"Sales Dept\".\"Orders\" to \"Web App\"",
                "grant usage on schema \"Sales Dept\" to \"Web App\"",
                "grant usage on sequence \"Sales Dept\".\"Orders_Id_seq\" to \"Web App\"");
    }

    void close() {
        postgres.execute(
                "drop schema \"Sales Dept\" cascade",
                "drop schema public cascade",
                "create schema public",
                "drop owned by \"Web App\", reader",
                "drop role \"Web App\"",
                "drop role reader");
    }

    /** The report on a plain script of these statements. */
    CheckReport after(String... statements) throws Exception {
        return new Rehearsal(postgres).tool("sql").run(() -> {
            postgres.execute(statements);
            return "";
        });
    }

    void awaitStatistics(long inserted) {
        Awaitility.await()
                .until(() -> count("select n_tup_ins from pg_stat_user_tables where relname = 'Orders'") == inserted);
    }

    long count(String sql) throws SQLException {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static List<String> findings(CheckReport report, String code) {
        return report.findings().stream()
                .filter(finding -> finding.code().value().equals(code))
                .map(finding -> finding.severity() + " " + finding.subject())
                .toList();
    }

    static List<String> codes(CheckReport report) {
        return report.findings().stream()
                .map(Finding::code)
                .map(Object::toString)
                .toList();
    }

    static List<Object> sentences(CheckReport report) {
        return ((List<?>) report.measurements().get("changes"))
                .stream()
                        .map(change -> (Object) ((Map<?, ?>) change).get("what"))
                        .toList();
    }
}
