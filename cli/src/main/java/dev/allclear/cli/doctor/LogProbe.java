package dev.allclear.cli.doctor;

import dev.allclear.log.LogSource;
import dev.allclear.model.DatabaseName;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Can a log source be read? Asks how far it reaches, as the log check does before a run. */
public final class LogProbe {
    private LogProbe() {}

    public static String subject(DatabaseName database) {
        return "logs of " + database;
    }

    /** Blocks; sources end their attempts by themselves. */
    public static List<Line> ask(DatabaseName database, LogSource source, Clock clock) {
        try {
            int parts = source.marks(clock.instant()).size();
            return List.of(Line.ok(
                    subject(database), source.name() + " can be read" + (parts > 1 ? ", " + parts + " parts" : "")));
        } catch (IOException unreadable) {
            return List.of(Line.missing(
                    subject(database),
                    source.name() + ": " + unreadable.getMessage(),
                    "mend it, or name another source in databases." + database + ".logs"));
        }
    }

    /** A database without a source, whose logs the policy may require. */
    public static Line none(DatabaseName database, boolean isRequired) {
        return isRequired
                ? Line.missing(
                        subject(database),
                        "no source is configured, and the policy requires the check",
                        "databases." + database
                                + ".logs: [ { file: /var/log/…/*.log } ]   # or drop logs from policy.required")
                : Line.ok(subject(database), "no source is configured, and none is required");
    }
}
