package dev.allclear.status.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replay leaves what the tool itself left, on any version of PostgreSQL, and nothing fails that had not failed for the tool. */
final class ToolReplayTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    static List<ToolFixture> recordings() {
        return ToolFixture.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void leavesWhatTheToolLeft(ToolFixture fixture) throws SQLException {
        try (ToolReplay replay = new ToolReplay(postgres, fixture)) {
            replay.toBaseline();
            assertThat(replay.errors()).isEmpty();

            replay.toEnd();
            replay.letFinish();

            assertThat(replay.errors()).hasSize(fixture.scenario().equals("failed") ? 1 : 0);
            try (Connection connection = postgres.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop extension pg_stat_statements");
                if (fixture.left().isPresent()) {
                    Awaitility.await().untilAsserted(() -> assertThat(left(statement))
                            .isEqualTo(fixture.left().get()));
                }
            }
        }
    }

    private static String left(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery(ToolFixture.LEFT)) {
            found.next();
            return found.getString(1);
        }
    }
}
