package dev.allclear.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.config.Mistakes;
import dev.allclear.config.Section;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LockSettingsTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void hasDefaults() {
        assertThat(read(Map.of())).isEqualTo(LockSettings.DEFAULT);
        assertThat(mistakes.found()).isEmpty();
    }

    @Test
    void readsEveryValue() {
        LockSettings settings = read(Map.of("warn", "1s", "fail", "3s", "interval", "200ms", "settle", "0s"));

        assertThat(settings)
                .isEqualTo(new LockSettings(
                        Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMillis(200), Duration.ZERO));
    }

    @Test
    void namesEveryMistakeAtOnce() {
        read(Map.of("warn", "5s", "fail", "3s", "interval", "1ms", "settle", "soon", "warm", "2s"));

        assertThat(mistakes.found())
                .hasSize(4)
                .anyMatch(mistake -> mistake.startsWith("fail: "))
                .anyMatch(mistake -> mistake.startsWith("interval: "))
                .anyMatch(mistake -> mistake.startsWith("settle: "))
                .anyMatch(mistake -> mistake.startsWith("warm: "));
    }

    @Test
    void takesForeignContentForNoBaseline() {
        Baseline foreign = new Baseline(Map.of("since", "yesterday"), Optional.empty());

        assertThat(LockBaseline.read(foreign)).isEmpty();
        assertThat(LockBaseline.read(Baseline.none())).isEmpty();
    }

    private LockSettings read(Map<String, Object> values) {
        return LockSettings.read(Section.of(values, Map.of(), mistakes));
    }
}
