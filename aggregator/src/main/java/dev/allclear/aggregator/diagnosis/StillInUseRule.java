package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The application's log names an object that is not there, and status saw one of that name go during the run. */
final class StillInUseRule implements CauseRule {
    private static final String UNDEFINED = "logs.undefined-";
    private static final Set<String> NOT_THERE =
            Set.of(UNDEFINED + "column", UNDEFINED + "table", UNDEFINED + "function");

    @Override
    public String name() {
        return "still-in-use";
    }

    @Override
    public List<Diagnosis> causes(Findings findings) {
        List<Diagnosis> causes = new ArrayList<>();
        for (Finding missed : findings.having(NOT_THERE)) {
            if (!missed.subject().isBlank()) {
                causes.add(cause(missed, findings.having("status.object-dropped")));
            }
        }
        return causes;
    }

    private static Diagnosis cause(Finding missed, List<Finding> dropped) {
        String used = "the application still uses " + missed.code().value().substring(UNDEFINED.length()) + " "
                + missed.subject();
        Optional<Finding> itself =
                dropped.stream().filter(gone -> isThat(gone, missed)).findFirst();
        String sentence = used
                + itself.map(gone -> ", which went with this migration (" + gone.subject() + ")")
                        .orElse(", which is no longer there")
                + errors(missed);
        return new Diagnosis(
                sentence,
                itself.map(gone -> List.of(missed.code(), gone.code())).orElseGet(() -> List.of(missed.code())));
    }

    /** {@code orders.total} is that of {@code public.orders.total}; a function's arguments are left aside. */
    private static boolean isThat(Finding gone, Finding missed) {
        String name = bare(missed.subject());
        String object = bare(gone.subject());
        boolean sameKind = missed.code().value().equals(UNDEFINED + Findings.text(gone, "kind"));
        return sameKind && (object.equals(name) || object.endsWith("." + name));
    }

    private static String bare(String name) {
        int arguments = name.indexOf('(');
        return (arguments < 0 ? name : name.substring(0, arguments))
                .replace("\"", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private static String errors(Finding missed) {
        long count = (long) Findings.number(missed, "after");
        if (count == 0) {
            return "";
        }
        Optional<Duration> within = between(Findings.text(missed, "first"), Findings.text(missed, "last"));
        return ": " + (count == 1 ? "1 error" : String.format(Locale.ROOT, "%,d errors", count))
                + within.filter(time -> count > 1 && !time.isZero())
                        .map(time -> " within " + Durations.rounded(time))
                        .orElse("");
    }

    private static Optional<Duration> between(String first, String last) {
        try {
            return Optional.of(Duration.between(Instant.parse(first), Instant.parse(last)))
                    .filter(time -> !time.isNegative());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
