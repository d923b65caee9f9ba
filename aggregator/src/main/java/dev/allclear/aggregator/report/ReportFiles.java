package dev.allclear.aggregator.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts a report's four files into a directory: {@code report.html report.md report.json report.junit.xml}. */
public final class ReportFiles {
    private ReportFiles() {}

    /** Makes the directory where it is not there and replaces what an earlier report left in it. */
    public static void write(RunReport report, Path directory) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("report.html", HtmlReport.of(report));
        files.put("report.md", MarkdownReport.of(report));
        files.put("report.json", JsonReport.of(report) + "\n");
        files.put("report.junit.xml", JunitReport.of(report));
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the report cannot be written to " + directory, unwritable);
        }
    }
}
