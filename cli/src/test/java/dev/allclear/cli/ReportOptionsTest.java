package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class ReportOptionsTest {
    @TempDir
    Path directory;

    @Test
    void leavesNoEarlierRunsReport_whereThereIsNoVerdict() throws IOException {
        for (String file : List.of("report.html", "report.md", "report.json", "report.junit.xml", "own.txt")) {
            Files.writeString(directory.resolve(file), "Safe to keep");
        }
        ReportOptions options = new ReportOptions();
        options.directory = directory;

        options.prepare();
        int code = options.show(new RunId("r"), Optional.empty(), List.of(), Duration.ofSeconds(1));

        assertThat(code).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(directory).isDirectoryNotContaining("glob:**/report.*").isDirectoryContaining("glob:**/own.txt");
    }
}
