package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Outcome;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The server's own log says which statements it received: with hostile names and values none other than with harmless ones, and no
 * name in them that the catalog does not have.
 */
final class RowOracleTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")*)\"");

    private static StatementLog log;
    private static RowScene scene;

    @BeforeAll
    static void tables() throws Exception {
        log = new StatementLog(postgres);
        scene = new RowScene(postgres, postgres.partsAs(StatementLog.ROLE, ""), true);
        postgres.execute(
                "create table victim (id int primary key, note text)",
                "insert into victim select i, 'x' || i from generate_series(1, 20) i",
                "create table other (id int primary key, note text)",
                "insert into other select i, case when i > 3 then 'same' end from generate_series(1, 20) i",
                "analyze");
    }

    /** Names of tables and columns that exist: they reach SQL, and must not leave their quotes there. */
    static Stream<String> existingNames() {
        return Hostile.payloads()
                .filter(name -> name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= 63
                        && name.indexOf('\0') < 0
                        && !name.equals("ctid")
                        && !name.contains("\ud800"));
    }

    @Test
    void sendsNoStatementButItsTemplates_whateverAnEventSays() throws Exception {
        Set<String> templates = templates();
        List<String> payloads = Hostile.payloads().toList();
        assertThat(payloads).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();

        for (String payload : payloads) {
            if (payload.contains("\ud800")) {
                continue; // no JSON holds half a character
            }
            CheckReport report = run(Hostile.attempts(payload));

            assertThat(report.outcome()).as("%s", payload).isIn(Outcome.FAILED, Outcome.INCONCLUSIVE);
            assertThat(report.findings())
                    .hasSizeGreaterThanOrEqualTo(13)
                    .allSatisfy(finding ->
                            assertThat(finding.message()).as("%s", payload).doesNotContain("\u0000", "\n"));
            assertThat(log.taken())
                    .as("statements for %s", payload)
                    .isNotEmpty()
                    .allSatisfy(sql -> {
                        assertThat(namesIn(sql)).isSubsetOf("public", "victim", "other", "id", "note");
                        assertThat(template(sql)).isIn(templates);
                    });
        }
        assertUntouched();
    }

    @Test
    void sendsNoStatementButItsTemplates_whateverTablesAreCalled() throws Exception {
        Set<String> templates = templates();
        List<String> names = existingNames().toList();
        assertThat(names).hasSizeGreaterThan(40);

        for (String name : names) {
            String quoted = '"' + name.replace("\"", "\"\"") + '"';
            postgres.execute(
                    "create table " + quoted + " (id int primary key, " + quoted + " text)",
                    "insert into " + quoted
                            + " select i, case when i > 3 then 'same' end from generate_series(1, 20) i",
                    "analyze " + quoted);
            CheckReport report = run(questions(name, name));

            assertThat(report.findings()).as(name).anySatisfy(finding -> assertThat(finding.message())
                    .contains("17 of 20 rows have", "among them id 1, 2, 3"));
            assertThat(log.taken()).as("statements for %s", name).allSatisfy(sql -> {
                assertThat(namesIn(sql)).isSubsetOf("public", "victim", "other", "id", "note", name);
                assertThat(template(sql)).isIn(templates);
            });
            postgres.execute("drop table " + quoted);
        }
        assertUntouched();
    }

    /** What is sent for names and values that nobody could object to. */
    private static Set<String> templates() throws Exception {
        log.taken();
        run(questions("other", "note"));
        run(Hostile.attempts("nowhere"));
        Set<String> templates = new TreeSet<>();
        log.taken().forEach(sql -> templates.add(template(sql)));
        assertThat(templates).hasSizeBetween(15, 60);
        return templates;
    }

    private static List<Map<String, Object>> questions(String table, String column) {
        return List.of(
                Map.of("table", table, "filled", column),
                Map.of("table", table, "unique", List.of(column)),
                Map.of("table", table, "unique", List.of(column, "id")),
                Map.of("table", table, "rows", 3),
                Map.of("table", table, "where", Map.of("column", column, "equals", "same"), "rows", 0),
                Map.of("table", table, "where", Map.of("column", column, "equals", "same"), "rows", 17),
                Map.of("table", table, "rows", "unchanged", "tolerance", 5),
                Map.of("conserved", Map.of("from", List.of(table), "to", List.of(table)), "tolerance", 5),
                Map.of("conserved", Map.of("from", List.of(table), "to", List.of("victim")), "tolerance", 5));
    }

    private static CheckReport run(List<Map<String, Object>> expectations) {
        var asked = new DescriptionBuilder().expectations(expectations).build();
        return scene.after(asked, Optional.of(scene.before(asked)), Instant.MAX);
    }

    private static List<String> namesIn(String sql) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(sql);
        while (matcher.find()) {
            names.add(matcher.group(1).replace("\"\"", "\""));
        }
        return names;
    }

    /** The statement without what is meant to differ: names that are quoted whole, and how white space falls. */
    private static String template(String sql) {
        return NAME.matcher(sql).replaceAll("NAME").replaceAll("\\s+", " ").strip();
    }

    private static void assertUntouched() throws Exception {
        try (Statement statement = postgres.connection().createStatement();
                var found = statement.executeQuery("select count(*) from victim where note = 'x' || id")) {
            found.next();
            assertThat(found.getLong(1)).isEqualTo(20);
        }
    }
}
