package dev.allclear.status.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.status.tool.Step.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PresenceTest {
    private final TrackingTool flyway = Flyway.tool();
    private final TrackingTool golang = GolangMigrate.tool();
    private final TrackingTool alembic = Alembic.tool();

    @ParameterizedTest
    @CsvSource({"7,7", "7.0,7", "007,7", "V7,7", "1_2,1.2", "1.10,1.10", "0,0"})
    void comparesFlywayVersionsByTheirParts(String target, String recorded) {
        assertThat(flyway.presence(List.of(step(recorded, State.APPLIED)), List.of(target), 0))
                .isEqualTo(Presence.PRESENT);
    }

    @ParameterizedTest
    @CsvSource({"7,70", "1.1,1.10", "8,7", "1.2,12"})
    void doesNotMixUpFlywayVersions(String target, String recorded) {
        assertThat(flyway.presence(List.of(step(recorded, State.APPLIED)), List.of(target), 0))
                .isEqualTo(Presence.MISSING);
    }

    @Test
    void takesTheLastWordOfFlywaysHistory() {
        List<Step> undone = List.of(step("7", State.APPLIED), step("7", State.REVERTED));
        List<Step> mended = List.of(step("7", State.FAILED), step("7", State.APPLIED));
        List<Step> failed = List.of(step("7", State.APPLIED), step("7", State.FAILED));

        assertThat(flyway.presence(undone, List.of("7"), 0)).isEqualTo(Presence.MISSING);
        assertThat(flyway.presence(mended, List.of("7"), 0)).isEqualTo(Presence.PRESENT);
        assertThat(flyway.presence(failed, List.of("7"), 0)).isEqualTo(Presence.FAILED);
    }

    @Test
    void countsABaselineMarkAsNoMigration() {
        assertThat(flyway.presence(List.of(step("7", State.BOOKKEEPING)), List.of("7"), 0))
                .isEqualTo(Presence.MISSING);
    }

    @Test
    void knowsOnlyTheHeadOfGolangMigrate() {
        List<Step> head = List.of(step("42", State.APPLIED));

        assertThat(golang.presence(head, List.of("000042_add_currency"), 0)).isEqualTo(Presence.PRESENT);
        assertThat(golang.presence(head, List.of("db/000042_add_currency.up.sql"), 0))
                .isEqualTo(Presence.PRESENT);
        assertThat(golang.presence(head, List.of("41", "42"), 0)).isEqualTo(Presence.PRESENT);
        assertThat(golang.presence(head, List.of("41"), 0)).isEqualTo(Presence.MISSING);
        assertThat(golang.presence(head, List.of("43"), 0)).isEqualTo(Presence.MISSING);
        assertThat(golang.presence(List.of(), List.of("1"), 0)).isEqualTo(Presence.MISSING);
        assertThat(golang.presence(List.of(step("42", State.DIRTY)), List.of("42"), 0))
                .isEqualTo(Presence.FAILED);
    }

    @Test
    void takesAnEarlierRevisionOfAlembicAsBehindTheHead_onlyWhereThereIsOneHead() {
        List<Step> oneHead = List.of(step("b2", State.APPLIED));
        List<Step> twoHeads = List.of(step("a1", State.APPLIED), step("b2", State.APPLIED));

        assertThat(alembic.presence(oneHead, List.of("b1", "b2"), 0)).isEqualTo(Presence.PRESENT);
        assertThat(alembic.presence(twoHeads, List.of("a2", "b2"), 0)).isEqualTo(Presence.UNKNOWN);
        assertThat(alembic.presence(twoHeads, List.of("a1", "b2"), 0)).isEqualTo(Presence.PRESENT);
        assertThat(alembic.presence(twoHeads, List.of("b1", "c2"), 0)).isEqualTo(Presence.MISSING);
    }

    private static Step step(String version, State state) {
        return new Step(
                version + state,
                Optional.of(version),
                "V" + version + ".sql",
                "",
                state,
                Optional.empty(),
                true,
                List.of(),
                Optional.empty());
    }
}
