package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Outcome;
import dev.allclear.testkit.PostgresExtension;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and values of an event are data. The check runs as superuser here, so that nothing but itself stands in the way. */
final class RowInjectionTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeAll
    static void tables() {
        postgres.execute("create table victim (id int primary key, note text)", "insert into victim values (1, 'x')");
    }

    static Stream<String> payloads() {
        return Stream.of(
                "victim; drop table victim",
                "victim; drop table victim; --",
                "public.victim; drop table public.victim; --",
                "victim\"; drop table victim; --",
                "\"victim\"; drop table victim; --\"",
                "public\".\"victim\"; drop table victim; --",
                "victim'; drop table victim; --",
                "'; drop table victim; --",
                "') or true; drop table victim; --",
                "victim/**/;/**/drop/**/table/**/victim",
                "victim -- comment",
                "victim/*",
                "$$; drop table victim; $$",
                "$1; drop table victim",
                "(select 1) x; drop table victim",
                "(select * from victim) as v",
                "victim where 1 = 1",
                "victim union select 1, 'x'",
                "victim, pg_sleep(5)",
                "note) from victim; drop table victim; --",
                "note\") from victim; drop table victim; --",
                "note is null or true",
                "\\'; drop table victim; --",
                "victim\u0000; drop table victim",
                "victim\n; drop table victim",
                "victim\u2019; drop table victim; --",
                "\uff02victim\uff02; drop table victim",
                "\ud800victim",
                "\"a\".\"b\".\"c\"",
                "\"".repeat(130),
                "v".repeat(5000) + "; drop table victim",
                "pg_catalog.pg_authid",
                "U&\"\\0076ictim\"",
                "victim::regclass; drop table victim");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void takesNothingForSql(String payload) throws Exception {
        RowScene scene = new RowScene(postgres, postgres.partsAs("postgres", ""), true);
        List<Map<String, Object>> attempts = List.of(
                Map.of("table", payload, "rows", 1),
                Map.of("table", "public." + payload, "rows", Map.of("min", 0)),
                Map.of("table", payload, "filled", "id"),
                Map.of("table", "victim", "filled", payload),
                Map.of("table", "victim", "where", Map.of("column", payload, "equals", "x"), "rows", 1),
                Map.of("table", "victim", "where", Map.of("column", "note", "equals", payload), "rows", 1),
                Map.of("table", "victim", "where", Map.of("column", "id", "equals", payload), "rows", 1),
                Map.of("table", "victim", "rows", payload),
                Map.of("table", "victim", "rows", 1, "tolerance", payload),
                Map.of("table", "victim", "rows", 1, payload, 1));

        for (Map<String, Object> attempt : attempts) {
            CheckReport report = scene.afterDeclaring(attempt);

            assertThat(report.outcome()).as("%s", attempt).isIn(Outcome.FAILED, Outcome.INCONCLUSIVE);
            assertThat(report.findings()).as("%s", attempt).allSatisfy(finding -> assertThat(finding.message())
                    .doesNotContain("\u0000", "\n"));
        }
        try (Statement statement = postgres.connection().createStatement();
                ResultSet found = statement.executeQuery("select count(*) from victim where id = 1 and note = 'x'")) {
            found.next();
            assertThat(found.getLong(1)).isEqualTo(1);
        }
    }
}
