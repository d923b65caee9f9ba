package dev.allclear.status.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.status.tool.Step.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PresenceTest {
    private final TrackingTool flyway = new FlywayHistory();
    private final TrackingTool golang = new GolangMigrate();

    @ParameterizedTest
    @CsvSource({"7,7", "7.0,7", "007,7", "V7,7", "1_2,1.2", "1.10,1.10", "0,0"})
    void comparesFlywayVersionsByTheirParts(String target, String recorded) {
        assertThat(flyway.presence(List.of(step(recorded, State.APPLIED)), target, true))
                .isEqualTo(Presence.PRESENT);
    }

    @ParameterizedTest
    @CsvSource({"7,70", "1.1,1.10", "8,7", "1.2,12"})
    void doesNotMixUpFlywayVersions(String target, String recorded) {
        assertThat(flyway.presence(List.of(step(recorded, State.APPLIED)), target, true))
                .isEqualTo(Presence.MISSING);
    }

    @Test
    void takesTheLastWordOfFlywaysHistory() {
        List<Step> undone = List.of(step("7", State.APPLIED), step("7", State.REVERTED));
        List<Step> mended = List.of(step("7", State.FAILED), step("7", State.APPLIED));
        List<Step> failed = List.of(step("7", State.APPLIED), step("7", State.FAILED));

        assertThat(flyway.presence(undone, "7", true)).isEqualTo(Presence.MISSING);
        assertThat(flyway.presence(mended, "7", true)).isEqualTo(Presence.PRESENT);
        assertThat(flyway.presence(failed, "7", true)).isEqualTo(Presence.FAILED);
    }

    @Test
    void countsABaselineMarkAsNoMigration() {
        assertThat(flyway.presence(List.of(step("7", State.BOOKKEEPING)), "7", true))
                .isEqualTo(Presence.MISSING);
    }

    @Test
    void knowsOnlyTheHeadOfGolangMigrate() {
        List<Step> head = List.of(step("42", State.APPLIED));

        assertThat(golang.presence(head, "000042_add_currency", true)).isEqualTo(Presence.PRESENT);
        assertThat(golang.presence(head, "41", false)).isEqualTo(Presence.PRESENT);
        assertThat(golang.presence(head, "41", true)).isEqualTo(Presence.MISSING);
        assertThat(golang.presence(head, "43", true)).isEqualTo(Presence.MISSING);
        assertThat(golang.presence(List.of(), "1", true)).isEqualTo(Presence.MISSING);
        assertThat(golang.presence(List.of(step("42", State.DIRTY)), "42", true))
                .isEqualTo(Presence.FAILED);
    }

    @Test
    void tellsSchemaMigrationsApartByItsColumns() {
        assertThat(golang.recognizes(Set.of("version", "dirty"))).isTrue();
        assertThat(golang.recognizes(Set.of("version"))).isFalse();
        assertThat(golang.recognizes(Set.of("version", "inserted_at"))).isFalse();
    }

    private static Step step(String version, State state) {
        return new Step(version + state, Optional.of(version), "V" + version + ".sql", "", state, Optional.empty());
    }
}
