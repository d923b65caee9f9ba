package dev.allclear.aggregator;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.testkit.DescriptionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs, events and reports as tests need them. */
public final class Samples {
    public static final DatabaseName SHOP = new DatabaseName("shop");
    public static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private Samples() {}

    public static MigrationStarted started(String run) {
        return new MigrationStarted(new RunId(run), SHOP, T0, flyway("12").build());
    }

    public static MigrationCompleted completed(String run) {
        return completed(run, Optional.empty(), "12");
    }

    public static MigrationCompleted completed(String run, Optional<Boolean> reversible, String target) {
        DescriptionBuilder said = flyway(target);
        reversible.ifPresent(said::reversible);
        return new MigrationCompleted(
                new RunId(run),
                SHOP,
                T0.plusSeconds(20),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                said.build());
    }

    /** What a run of Flyway says, for a test to add to. */
    public static DescriptionBuilder flyway(String target) {
        return new DescriptionBuilder().tool("flyway").targets(target);
    }

    public static CheckReport report(String run, CheckName check, Outcome outcome, Finding... findings) {
        List<Finding> said = findings.length > 0 || outcome == Outcome.PASSED
                ? List.of(findings)
                : List.of(Finding.of(
                        new FindingCode(check.value() + ".said"), severityOf(outcome), "public.orders", "because"));
        return new CheckReport(
                new RunId(run),
                SHOP,
                check,
                "1",
                outcome,
                "the " + check + " check says " + outcome,
                said,
                Map.of(),
                T0.plusSeconds(21),
                T0.plusSeconds(25),
                new Cost(Duration.ofMillis(12), 3));
    }

    private static Severity severityOf(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> Severity.ERROR;
            case INCONCLUSIVE -> Severity.UNPROVEN;
            case NOT_APPLICABLE, PASSED -> Severity.INFO;
        };
    }
}
