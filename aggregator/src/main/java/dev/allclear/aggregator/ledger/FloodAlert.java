package dev.allclear.aggregator.ledger;

import dev.allclear.model.Alert;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The one alert that is about Allclear's own intake and about no run: its database is called {@code allclear}. */
public final class FloodAlert {
    static final FindingCode DEAD_LETTER_FLOOD = new FindingCode("pipeline.dead-letter-flood");
    static final DatabaseName DATABASE = new DatabaseName("allclear");

    private FloodAlert() {}

    /**
     * Firing since then.
     *
     * @param limit what passed until now, such as {@code 1,000 records or 64 MB in a minute}
     * @param last where the last record was, and what was wrong with it
     */
    public static FiringAlerts.Entry of(int partition, Instant since, String limit, String last) {
        RunId run = new RunId("dead-letters-" + partition);
        String message = "more than " + limit + " of partition " + partition
                + " had to be set aside, the last one " + last
                + "; what follows is counted and passed over until a minute stays below the limit, and can be read in its"
                + " own topic as long as that keeps it";
        Finding finding = Finding.of(DEAD_LETTER_FLOOD, Severity.UNPROVEN, "partition " + partition, message);
        return new FiringAlerts.Entry(
                new Alert(
                        DATABASE + "/" + run + "/" + since,
                        run,
                        DATABASE,
                        run.value(),
                        AlertSeverity.WARNING,
                        "Allclear: a flood of records that it cannot use",
                        message,
                        List.of(finding),
                        Map.of()),
                since);
    }
}
