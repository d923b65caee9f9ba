package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.log.Judgement.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogJudgeTest {
    private static final Instant COMPLETED = Instant.parse("2026-03-01T10:00:00Z");
    private static final LogWindow WINDOW = new LogWindow(
            Optional.of(COMPLETED.minusSeconds(60)),
            COMPLETED,
            COMPLETED,
            COMPLETED.plusSeconds(120),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30));

    @Test
    void isNew_whenItDidNotOccurBefore() {
        assertThat(meaning(ErrorKind.UNDEFINED_COLUMN, 0, 0, 1, 0)).contains(Meaning.NEW);
    }

    @Test
    void isNew_whenItHealsInGeneralButGoesOn() {
        assertThat(meaning(ErrorKind.STALE_PLAN, 0, 0, 9, 1)).contains(Meaning.NEW);
    }

    @Test
    void isTransient_whenABurstThatHealsStoppedInTheFirstHalf() {
        assertThat(meaning(ErrorKind.STALE_PLAN, 0, 3, 9, 0)).contains(Meaning.TRANSIENT);
        assertThat(meaning(ErrorKind.SERIALIZATION, 0, 0, 9, 0)).contains(Meaning.TRANSIENT);
    }

    @Test
    void isNeverTransient_whenAColumnIsMissing() {
        assertThat(meaning(ErrorKind.UNDEFINED_COLUMN, 0, 0, 9, 0)).contains(Meaning.NEW);
    }

    @Test
    void belongsToTheRun_whenItStoppedWithIt() {
        assertThat(meaning(ErrorKind.LOCK_TIMEOUT, 4, 12, 0, 0)).contains(Meaning.DURING_RUN);
    }

    @Test
    void isAsBefore_whenTheRateIsTheSame() {
        assertThat(meaning(ErrorKind.UNIQUE_VIOLATION, 150, 0, 12, 6)).contains(Meaning.AS_BEFORE);
    }

    @Test
    void isIncreased_whenTheRateIsClearlyUp() {
        assertThat(meaning(ErrorKind.UNIQUE_VIOLATION, 150, 0, 60, 30)).contains(Meaning.INCREASED);
    }

    @Test
    void isNothing_whenItOccurredOnlyBefore() {
        assertThat(meaning(ErrorKind.UNIQUE_VIOLATION, 150, 0, 0, 0)).isEmpty();
    }

    @Test
    void raisesFewFalseAlarms_whenTheRateIsSteady() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int alarms = 0;

        for (int i = 0; i < 5000; i++) {
            double rate = 0.001 + random.nextDouble() * 0.2;
            long before = poisson(rate * 1800, random);
            long after = poisson(rate * 120, random);
            alarms += before > 0 && LogJudge.isMoreOften(before, 1800, after, 120) ? 1 : 0;
        }

        assertThat(alarms).as("of 5000, seed %d", seed).isLessThan(25);
    }

    @Test
    void countsAnErrorWithoutObjectToTheOnlyObjectOfItsClass() {
        List<ErrorCount> counts = List.of(
                count(new DatabaseError(ErrorKind.UNDEFINED_TABLE, Optional.empty(), "", "bad grammar"), 0, 0, 2, 0),
                count(new DatabaseError(ErrorKind.UNDEFINED_TABLE, Optional.empty(), "carts", "relation"), 0, 0, 3, 0));

        List<Judgement> judgements = LogJudge.judge(counts, WINDOW);

        assertThat(judgements).singleElement().satisfies(judgement -> {
            assertThat(judgement.object()).isEqualTo("carts");
            assertThat(judgement.after()).isEqualTo(5);
            assertThat(judgement.sample()).isEqualTo("relation");
        });
    }

    private static Optional<Meaning> meaning(ErrorKind kind, long before, long during, long after, long late) {
        DatabaseError error = new DatabaseError(kind, Optional.empty(), "orders.total", "text");
        return LogJudge.judge(List.of(count(error, before, during, after, late)), WINDOW).stream()
                .map(Judgement::meaning)
                .findFirst();
    }

    private static ErrorCount count(DatabaseError error, long before, long during, long after, long late) {
        return new ErrorCount(error, before, during, after, late, Optional.of(COMPLETED), Optional.of(COMPLETED));
    }

    private static long poisson(double mean, Random random) {
        long count = 0;
        for (double time = -Math.log(1 - random.nextDouble()); time < mean; time -= Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }
}
