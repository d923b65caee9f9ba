package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Outcome;
import dev.allclear.testkit.PostgresExtension;
import java.sql.ResultSet;
import java.sql.Statement;
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
        return Hostile.payloads();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void takesNothingForSql(String payload) throws Exception {
        RowScene scene = new RowScene(postgres, postgres.partsAs("postgres", ""), true);
        for (Map<String, Object> attempt : Hostile.attempts(payload)) {
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
