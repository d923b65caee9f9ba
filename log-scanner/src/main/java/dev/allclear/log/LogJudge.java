package dev.allclear.log;

import dev.allclear.log.Judgement.Meaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells new errors from old ones. */
final class LogJudge {
    /** One false alarm in a thousand steady rates, and never on fewer than three or less than double. */
    private static final double CHANCE = 0.001;

    private static final long FEWEST = 3;
    private static final double CLEARLY_MORE = 2.0;

    private LogJudge() {}

    /** One judgement per meaning, class and object, worst and most frequent first. */
    static List<Judgement> judge(List<ErrorCount> counts, LogWindow window) {
        Map<String, Judgement> judgements = new LinkedHashMap<>();
        for (ErrorCount count : counts) {
            meaningOf(count, window)
                    .map(meaning -> judgement(meaning, count, objectOf(count, counts)))
                    .ifPresent(judgement -> judgements.merge(
                            judgement.meaning() + " " + judgement.code() + " " + judgement.object(),
                            judgement,
                            LogJudge::together));
        }
        List<Judgement> sorted = new ArrayList<>(judgements.values());
        sorted.sort(Comparator.comparing(Judgement::meaning)
                .thenComparing(Comparator.comparingLong(Judgement::after).reversed())
                .thenComparing(Judgement::code)
                .thenComparing(Judgement::object));
        return sorted;
    }

    private static Optional<Meaning> meaningOf(ErrorCount count, LogWindow window) {
        if (count.after() == 0) {
            return count.during() > 0 ? Optional.of(Meaning.DURING_RUN) : Optional.empty();
        }
        boolean isNew = count.before() == 0;
        if (!isNew && !isMoreOften(count.before(), seconds(window.before()), count.after(), seconds(window.after()))) {
            return Optional.of(Meaning.AS_BEFORE);
        }
        if (count.error().kind().healsByItself() && count.late() == 0) {
            return Optional.of(Meaning.TRANSIENT);
        }
        return Optional.of(isNew ? Meaning.NEW : Meaning.INCREASED);
    }

    /**
     * Whether the rate after is above the rate before by more than chance: given the sum of two Poisson counts, one of them is
     * binomial (Przyborowski and Wilenski, 1940).
     */
    static boolean isMoreOften(long before, double secondsBefore, long after, double secondsAfter) {
        if (after < FEWEST || secondsBefore <= 0 || secondsAfter <= 0) {
            return secondsBefore <= 0 && after > 0;
        }
        boolean clearly = after / secondsAfter >= CLEARLY_MORE * before / secondsBefore;
        double share = secondsAfter / (secondsBefore + secondsAfter);
        return clearly && tail(before + after, after, share) < CHANCE;
    }

    /** P(X ≥ k) of a binomial distribution. */
    private static double tail(long n, long k, double p) {
        double term = Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
        double sum = 0;
        double odds = p / (1 - p);
        for (long i = k; i <= n && term > sum * 1e-12; i++) {
            sum += term;
            term *= odds * (n - i) / (i + 1);
        }
        return sum;
    }

    private static double logChoose(long n, long k) {
        double log = 0;
        for (long i = 1; i <= Math.min(k, n - k); i++) {
            log += Math.log((double) (n - i + 1) / i);
        }
        return log;
    }

    /** An error without an object belongs to the only object its class names, if there is exactly one: the same failure told twice. */
    private static String objectOf(ErrorCount count, List<ErrorCount> counts) {
        if (!count.error().object().isEmpty()) {
            return count.error().object();
        }
        Set<String> named = new HashSet<>();
        for (ErrorCount other : counts) {
            if (other.error().kind().code().equals(count.error().kind().code())
                    && !other.error().object().isEmpty()) {
                named.add(other.error().object());
            }
        }
        return named.size() == 1 ? named.iterator().next() : "";
    }

    private static Judgement judgement(Meaning meaning, ErrorCount count, String object) {
        return new Judgement(
                meaning,
                count.error().kind(),
                object,
                count.error().message(),
                count.before(),
                count.during(),
                count.after(),
                count.first(),
                count.last());
    }

    private static Judgement together(Judgement one, Judgement other) {
        return new Judgement(
                one.meaning(),
                one.kind(),
                one.object(),
                one.after() + one.during() >= other.after() + other.during() ? one.sample() : other.sample(),
                one.before() + other.before(),
                one.during() + other.during(),
                one.after() + other.after(),
                times(one.first(), other.first()).min(Comparator.naturalOrder()),
                times(one.last(), other.last()).max(Comparator.naturalOrder()));
    }

    private static Stream<Instant> times(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream());
    }

    private static double seconds(java.time.Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
