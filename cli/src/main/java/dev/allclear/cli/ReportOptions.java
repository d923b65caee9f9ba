package dev.allclear.cli;

import dev.allclear.aggregator.report.HtmlReport;
import dev.allclear.aggregator.report.JsonReport;
import dev.allclear.aggregator.report.JunitReport;
import dev.allclear.aggregator.report.MarkdownReport;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.aggregator.report.TerminalReport;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Durations;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the result is shown: on standard output in one format, and as files in a directory. */
final class ReportOptions {
    /** Formats of standard output. */
    enum Format {
        text,
        json,
        markdown
    }

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write report.html, report.md, report.json and report.junit.xml there.")
    @Nullable
    Path directory;

    @Option(names = "--format", paramLabel = "text|json|markdown", description = "Of standard output (default text).")
    Format format = Format.text;

    private static final List<String> FILES = List.of("report.html", "report.md", "report.json", "report.junit.xml");

    /**
     * Makes sure that the reports can be written, while a mistake still costs nothing, and that none of an earlier run is there to be
     * taken for this one's, should it end without a verdict.
     */
    void prepare() {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException unwritable) {
            throw new UsageError("--report " + directory + " cannot be made a directory" + why(unwritable));
        }
        if (!Files.isWritable(directory)) {
            throw new UsageError("--report " + directory + " cannot be written to");
        }
        try {
            for (String file : FILES) {
                Files.deleteIfExists(directory.resolve(file));
            }
        } catch (IOException unwritable) {
            throw new UsageError(
                    "--report " + directory + " has an earlier report that cannot be deleted" + why(unwritable));
        }
    }

    /** Shows what came of a run and returns the exit code: no verdict is not a pass. */
    int show(RunId run, Optional<Verdict> verdict, List<CheckReport> reports, Duration patience) {
        if (verdict.isEmpty()) {
            System.err.println("allclear: no verdict on run " + run + " within " + Durations.format(patience)
                    + ": is the aggregator running, and does it use the same topics? INCONCLUSIVE");
            return ExitCode.INCONCLUSIVE;
        }
        return show(new RunReport(verdict.get(), reports, Optional.empty(), Optional.empty()));
    }

    int show(RunReport report) {
        System.out.print(
                switch (format) {
                    case text -> TerminalReport.of(report, Console.hasColour());
                    case json -> JsonReport.of(report) + "\n";
                    case markdown -> MarkdownReport.of(report);
                });
        System.out.flush();
        if (directory != null) {
            writeOrSay(report, directory);
        }
        if (!report.verdict().isFinal()) {
            System.err.println("allclear: this verdict is not final; some checks had not answered yet");
        }
        return ExitCode.of(report.verdict().decision());
    }

    /** A verdict that was reached stands, with or without its files. */
    private static void writeOrSay(RunReport report, Path directory) {
        try {
            write(report, directory);
        } catch (UsageError unwritable) {
            System.err.println("allclear: " + unwritable.getMessage());
        }
    }

    static void write(RunReport report, Path directory) {
        Map<String, String> files = Map.of(
                "report.html", HtmlReport.of(report),
                "report.md", MarkdownReport.of(report),
                "report.json", JsonReport.of(report),
                "report.junit.xml", JunitReport.of(report));
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
            }
        } catch (IOException unwritable) {
            throw new UsageError("the report cannot be written to " + directory + why(unwritable));
        }
    }

    /** Java's message is often only the file's name; then its class says more. */
    private static String why(IOException failed) {
        if (failed instanceof FileAlreadyExistsException) {
            return ": it is a file";
        }
        if (failed instanceof FileSystemException named && named.getReason() != null) {
            return ": " + named.getReason();
        }
        return failed instanceof AccessDeniedException ? ": permission denied" : ": " + failed.getMessage();
    }
}
