package dev.allclear.cli;

import dev.allclear.cli.progress.BeforeWords;
import dev.allclear.cli.progress.Progress;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An event as a line for people: when, whose run, and what happened. */
final class WatchLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private WatchLine() {}

    static String of(AllclearEvent event) {
        return TIME.format(event.time()) + "  " + event.database() + "  " + event.run() + "  "
                + Progress.plain(words(event));
    }

    private static String words(AllclearEvent event) {
        if (event instanceof MigrationStarted started) {
            return "announced" + what(started.description());
        }
        if (event instanceof MigrationCompleted completed) {
            return "ended"
                    + completed
                            .exitCode()
                            .map(code -> " with exit code " + code)
                            .orElse("")
                    + completed.outcome().map(outcome -> ", " + outcome).orElse("")
                    + what(completed.description());
        }
        if (event instanceof BaselineCaptured baseline) {
            return baseline.check() + "  " + BeforeWords.of(baseline);
        }
        if (event instanceof CheckStarted started) {
            return started.check() + "  " + started.activity();
        }
        if (event instanceof CheckCompleted completed) {
            return completed.report().check() + "  " + completed.report().outcome() + "  "
                    + completed.report().summary();
        }
        if (event instanceof VerdictReached reached) {
            return "VERDICT " + reached.verdict().decision()
                    + (reached.verdict().isFinal() ? "" : ", not final") + ", revision "
                    + reached.verdict().revision();
        }
        if (event instanceof AlertFiring firing) {
            return "ALERT fires: " + firing.alert().title();
        }
        return "ALERT resolved: " + ((AlertResolved) event).alert().title();
    }

    private static String what(MigrationDescription said) {
        String tool = said.tool().orElse("");
        String targets = String.join(", ", said.targetVersions());
        return tool.isEmpty() && targets.isEmpty()
                ? ""
                : ": " + (tool.isEmpty() || targets.isEmpty() ? tool + targets : tool + " to " + targets);
    }
}
