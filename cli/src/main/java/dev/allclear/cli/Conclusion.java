package dev.allclear.cli;

import dev.allclear.aggregator.report.RunReport;
import dev.allclear.cli.history.RunFolder;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Decision;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run, to be kept where no cluster keeps it, and to be shown.
 *
 * @param verdict the last one, with what the command line has to remark
 */
record Conclusion(
        Optional<MigrationStarted> started,
        MigrationCompleted completed,
        List<CheckReport> reports,
        Optional<Verdict> verdict) {

    /** Shows it and returns the exit code. */
    int show(Optional<RunFolder> folder, ReportOptions options, Duration patience) {
        Optional<RunReport> report =
                verdict.map(decided -> new RunReport(decided, reports, started, Optional.of(completed)));
        folder.ifPresent(place -> HistoryOptions.keep(() -> {
            place.keepEnd(events());
            report.ifPresent(place::keepReport);
        }));
        if (report.isEmpty()) {
            return options.show(completed.run(), verdict, reports, patience);
        }
        int code = options.show(report.get());
        folder.filter(RunFolder::isThere).ifPresent(place -> tellHowToGoOn(report.get()));
        return code;
    }

    private void tellHowToGoOn(RunReport report) {
        String again = report.verdict().decision() == Decision.PASS || started.isEmpty()
                ? ""
                : "; once mended: allclear verify --since " + completed.run() + " --database " + completed.database();
        System.err.println("allclear: kept as " + completed.run() + ": allclear report " + completed.run() + again);
    }

    private List<AllclearEvent> events() {
        List<AllclearEvent> events = new ArrayList<>();
        started.ifPresent(events::add);
        events.add(completed);
        reports.forEach(report -> events.add(new CheckCompleted(report)));
        verdict.ifPresent(decided -> events.add(new VerdictReached(decided)));
        return events;
    }
}
