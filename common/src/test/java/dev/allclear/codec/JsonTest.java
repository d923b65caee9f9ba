package dev.allclear.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.model.CheckName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Hold(String relation, Duration held, Optional<Instant> since, List<Integer> pids, long rows) {}

    record Sample(CheckName check, Map<CheckName, Hold> holds) {}

    private static final Hold HOLD =
            new Hold("public.orders", Duration.ofMillis(1500), Optional.empty(), List.of(1, 2), 5_000_000_000L);

    @Test
    void aRecordSurvivesBeingAMap() {
        Sample sample = new Sample(CheckName.LOCKS, Map.of(CheckName.ROWS, HOLD));

        Map<String, Object> map = Json.toMap(sample);

        assertThat(map).containsEntry("check", "locks");
        assertThat(Json.fromMap(map, Sample.class)).isEqualTo(sample);
        assertThat(Json.fromMap(Json.parse(Json.write(map)), Sample.class)).isEqualTo(sample);
    }

    @Test
    void leavesAbsentValuesOut() {
        assertThat(Json.toMap(HOLD)).doesNotContainKey("since").containsEntry("held", "PT1.5S");
    }

    @Test
    void saysWhereARecordDoesNotFit() {
        assertThatThrownBy(() -> Json.fromMap(Map.of("rows", "many"), Hold.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows");
    }
}
