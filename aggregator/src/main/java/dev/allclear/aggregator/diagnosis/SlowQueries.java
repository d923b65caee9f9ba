package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which queries became slower, and by how much where a clock says so. */
final class SlowQueries {
    private static final Set<String> BY_THE_CLOCK = Set.of("latency.slower", "latency.slower-in-production");
    private static final Set<String> SLOWER =
            Set.of("latency.plan-regressed", "latency.more-buffers", "latency.slower", "latency.slower-in-production");

    private SlowQueries() {}

    static List<Finding> all(Findings findings) {
        return findings.having(SLOWER);
    }

    /** Those whose index the latency check saw before the migration and not after it. */
    static List<Finding> withoutTheirIndex(Findings findings) {
        return all(findings).stream()
                .filter(slow -> "dropped".equals(Findings.text(slow, "indexState")))
                .toList();
    }

    /** The query and how much slower it is: {@code by-customer is 40× slower}; a plan's cost and blocks are no time. */
    static String told(Finding slow, Findings findings) {
        return slow.subject() + " is "
                + timed(slow, findings)
                        .map(timed -> factor(Findings.number(timed, "ratio")) + "× slower")
                        .orElse("slower");
    }

    /** The finding's own code, that of the clock where it gave the number, and whatever else the cause rests on. */
    static Diagnosis cause(String sentence, Finding slow, Findings findings, FindingCode... more) {
        List<FindingCode> codes = new ArrayList<>(List.of(slow.code()));
        timed(slow, findings)
                .map(Finding::code)
                .filter(code -> !codes.contains(code))
                .ifPresent(codes::add);
        codes.addAll(List.of(more));
        return new Diagnosis(sentence, codes);
    }

    private static Optional<Finding> timed(Finding slow, Findings findings) {
        return findings.having(BY_THE_CLOCK).stream()
                .filter(timed -> timed.subject().equals(slow.subject()) && Findings.number(timed, "ratio") > 1)
                .findFirst();
    }

    private static String factor(double ratio) {
        return String.format(Locale.ROOT, ratio < 9.95 ? "%.1f" : "%.0f", ratio);
    }
}
