package dev.allclear.aggregator.report;

import dev.allclear.model.CheckName;
import dev.allclear.model.Cost;
import dev.allclear.model.Decision;
import dev.allclear.model.Recommendation;
import dev.allclear.model.Severity;
import java.util.Locale;
import java.util.Map;

/** The fixed words of a report, the same in every format. */
final class Wording {
    private static final Map<CheckName, String> QUESTIONS = Map.of(
            CheckName.STATUS, "Did it complete fully?",
            CheckName.LATENCY, "Are the critical queries within range?",
            CheckName.LOCKS, "Are any locks left?",
            CheckName.ROWS, "Do the numbers match?",
            CheckName.LOGS, "Are there new database errors?");

    private Wording() {}

    static String question(CheckName check) {
        return QUESTIONS.getOrDefault(check, check + "?");
    }

    static String headline(Decision decision) {
        return switch (decision) {
            case PASS -> "Safe to keep";
            case FAIL -> "Action needed";
            case INCONCLUSIVE -> "Not proven";
        };
    }

    static String advice(Recommendation recommendation) {
        return switch (recommendation) {
            case KEEP -> "Every required check answered and none objects.";
            case ANALYZE -> "Statistics are missing: run ANALYZE as shown below, then verify again.";
            case ROLL_FORWARD -> "Mend it with a further migration: this one is declared irreversible.";
            case ROLL_BACK -> "Roll back, or apply the remedies below and verify again.";
            case INVESTIGATE -> "Look at the findings below, apply their remedies, and verify again.";
        };
    }

    static String causes(int count) {
        return count == 1 ? "Cause" : "Causes";
    }

    /** Over what was noticed and decided nothing. */
    static String worthALook() {
        return "Worth a look";
    }

    static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case UNPROVEN -> "not proven";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /** At most so much: the client's clock includes the way there and back. */
    static String cost(Cost cost) {
        return Quantity.time(cost.databaseTime()) + " of database time, " + Quantity.count(cost.queries())
                + (cost.queries() == 1 ? " query" : " queries");
    }

    static String lower(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
