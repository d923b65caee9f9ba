package dev.allclear.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.kafka.GroupProgress.Extent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");

    private final Deque<CompletableFuture<List<Extent>>> questions = new ArrayDeque<>();
    private final Watermark watermark = new Watermark(() -> {
        CompletableFuture<List<Extent>> question = new CompletableFuture<>();
        questions.add(question);
        return question;
    });
    private Instant now = T0;

    @Test
    void isTheMomentOfTheQuestion_whenAllIsReadAndCommitted() {
        Instant asked = now;
        assertThat(watermark.at(now)).isEmpty();

        answer(extent("migrations", 7, 7), extent("results", 0, 0));

        assertThat(watermark.isAnswered()).isTrue();
        assertThat(tick()).contains(asked);
    }

    @Test
    void waitsForWhatIsUnread() {
        watermark.at(now);
        answer(extent("migrations", 7, 7), extent("results", 20, 23));

        assertThat(tick()).isEmpty();
        watermark.read("results", 21);
        assertThat(tick()).isEmpty();
        watermark.read("results", 22);
        assertThat(tick()).contains(T0);
    }

    @Test
    void doesNotWaitForWhatCameAfterTheQuestion() {
        watermark.at(now);
        answer(extent("results", 20, 22));
        untilItAsksAgain();
        answer(extent("results", 20, 99));

        watermark.read("results", 21);

        assertThat(tick()).contains(T0);
    }

    @Test
    void hearsFromTheBrokerWhatWasReadWithoutARecord_asTheMarkerOfATransaction() {
        watermark.at(now);
        answer(extent("results", 20, 24));
        watermark.read("results", 22);
        untilItAsksAgain();

        answer(extent("results", 24, 30));

        assertThat(tick()).contains(T0);
    }

    @Test
    void takesWhatDoesNotComeForNothing_afterAWhile() {
        watermark.at(now);
        answer(extent("results", 20, 24));

        assertThat(ticksUntilItMoves()).isEqualTo(Watermark.QUIET + 1);
    }

    @Test
    void waitsLonger_whileRecordsAreRead() {
        watermark.at(now);
        answer(extent("results", 0, 1_000));

        for (int offset = 0; offset < 300; offset++) {
            watermark.read("results", offset);
            assertThat(tick()).isEmpty();
        }
    }

    @Test
    void asksAgain_whenTheBrokerDidNotAnswer() {
        watermark.at(now);
        questions.remove().completeExceptionally(new IllegalStateException("no broker"));
        untilItAsksAgain();
        Instant asked = now;

        answer(extent("results", 5, 5));

        assertThat(tick()).contains(asked);
    }

    @Test
    void movesInTheEnd_whenTheBrokerNeverAnswers() {
        assertThat(ticksUntilItMoves()).isEqualTo(Watermark.MOST);
    }

    @Test
    void movesInTheEnd_whenAllIsNeverRead() {
        watermark.at(now);
        answer(extent("results", 0, 1_000_000));

        for (int offset = 0; offset < Watermark.MOST - 2; offset++) {
            watermark.read("results", offset);
            assertThat(tick()).isEmpty();
        }
        assertThat(tick()).contains(T0);
    }

    @Test
    void asksAnewForTheNextMoment() {
        watermark.at(now);
        answer(extent("results", 5, 5));
        tick();
        tick();
        Instant asked = now;

        answer(extent("results", 5, 6));

        assertThat(tick()).isEmpty();
        watermark.read("results", 5);
        assertThat(tick()).contains(asked);
    }

    private static Extent extent(String topic, long committed, long end) {
        return new Extent(topic, committed, end);
    }

    private void answer(Extent... extents) {
        questions.remove().complete(List.of(extents));
    }

    private void untilItAsksAgain() {
        while (questions.isEmpty()) {
            assertThat(tick()).isEmpty();
        }
    }

    private int ticksUntilItMoves() {
        int ticks = 1;
        while (tick().isEmpty()) {
            ticks++;
        }
        return ticks;
    }

    private Optional<Instant> tick() {
        now = now.plus(Duration.ofMillis(250));
        return watermark.at(now);
    }
}
