package dev.allclear.acceptance.rows;

import dev.allclear.check.Baseline;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One migration while an application inserts, updates and deletes rows of the same tables, at a pace that is different every time,
 * and what the check says of it against what is true.
 */
final class LoadedRun {
    private static final String EXPECTATIONS = """
            - { table: public.orders, filled: currency }
            - { table: public.customers, rows: { change: -20 } }
            - { conserved: { from: [inbox, archive], to: [inbox, archive] } }
            """;

    private final RowLab lab;
    private final String database;
    private final Random random;

    /**
     * What is true and what was said, by the table that it is about.
     *
     * @param hidden where others had added exactly as many rows as were lost, at some time between the two counts
     */
    record Result(
            long seed, int pauseMillis, Map<String, Boolean> broken, Set<String> hidden, Map<String, String> said) {
        /** Passed although it is broken and a count could have told, or called an error although it is not. */
        List<String> wrong() {
            return broken.entrySet().stream()
                    .filter(one -> said.get(one.getKey()).equals(one.getValue() ? "PASSED" : "ERROR"))
                    .map(Map.Entry::getKey)
                    .filter(table -> !byChance().contains(table))
                    .toList();
        }

        /** Passed although it is broken: the numbers were as they should have been, by chance. */
        List<String> byChance() {
            return hidden.stream()
                    .filter(table -> broken.get(table) && said.get(table).equals("PASSED"))
                    .toList();
        }
    }

    LoadedRun(RowLab lab, String database, long seed) {
        this.lab = lab;
        this.database = database;
        this.random = new Random(seed);
    }

    /** @param truths says by its lowest three bits which of the three expectations the migration breaks */
    Result run(long seed, int truths) throws Exception {
        // from an application that writes all the time to one that writes every few seconds, or every half minute
        int pause = List.of(1, 5, 50, 400, 3_000, 30_000).get(random.nextInt(6));
        Map<String, Boolean> broken = new LinkedHashMap<>();
        broken.put("public.orders", (truths & 1) != 0);
        broken.put("public.customers", (truths & 2) != 0);
        broken.put("public.inbox", (truths & 4) != 0);
        RowLab.Subject subject = lab.subject(database, "");
        lab.execute(
                database,
                "create table orders (id bigserial primary key, status text, currency text)",
                "create table customers (id bigserial primary key, name text)",
                "create table inbox (id bigserial primary key, body text)",
                "create table archive (id bigserial primary key, body text)",
                "insert into orders (status) select 'new' from generate_series(1, 3000)",
                "insert into customers (name) select 'c' || i from generate_series(1, 3000) i",
                "insert into inbox (body) select 'b' || i from generate_series(1, 3000) i",
                // what is still to be counted would look like traffic since then
                "select pg_stat_force_next_flush()",
                "analyze");
        MigrationDescription description = subject.declaring(EXPECTATIONS);
        CheckReport report;
        AddedRows added = new AddedRows();
        Map<String, Integer> lost;
        try (RandomWriter writer = new RandomWriter(lab.connect(database), pause, random.nextLong(), added);
                RandomWriter other = new RandomWriter(lab.connect(database), pause, random.nextLong(), added)) {
            writer.awaitFirst();
            added.counting();
            Baseline before = subject.before(description);
            added.counted();
            lost = migrate(broken);
            report = subject.after(description, Optional.of(before));
            other.rethrow();
            writer.rethrow();
        }
        Map<String, String> said = new LinkedHashMap<>();
        broken.keySet().forEach(table -> said.put(table, worst(report, table)));
        lab.execute("postgres", "drop database " + database + " with (force)");
        Set<String> hidden = new TreeSet<>();
        lost.forEach((table, rows) -> {
            if (broken.get(table) && added.everWere(table, rows)) {
                hidden.add(table);
            }
        });
        return new Result(seed, pause, broken, hidden, said);
    }

    /** How many rows too few it leaves, by the table that is held to account. */
    private Map<String, Integer> migrate(Map<String, Boolean> broken) throws SQLException {
        int lost = random.nextInt(3) == 0 ? 100 + random.nextInt(100) : 1 + random.nextInt(12);
        int missed = broken.get("public.orders") ? 1 + random.nextInt(30) : 0;
        int gone = broken.get("public.customers") ? 20 + lost : 20;
        int kept = broken.get("public.inbox") ? 200 - lost : 200;
        try (Connection connection = lab.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("alter table orders alter column currency set default 'EUR'");
            statement.execute("update orders set currency = 'EUR' where id > " + missed);
            connection.setAutoCommit(false);
            statement.execute("delete from customers where id <= " + gone);
            connection.commit();
            statement.execute("insert into archive (body) select body from inbox where id <= " + kept);
            statement.execute("delete from inbox where id <= 200");
            connection.commit();
        }
        return Map.of("public.customers", gone - 20, "public.inbox", 200 - kept);
    }

    private static String worst(CheckReport report, String table) {
        return report.findings().stream()
                .filter(finding -> finding.subject().equals(table))
                .map(Finding::severity)
                .filter(severity -> severity == Severity.ERROR || severity == Severity.UNPROVEN)
                .min(java.util.Comparator.naturalOrder())
                .map(Severity::name)
                .orElse("PASSED");
    }
}
