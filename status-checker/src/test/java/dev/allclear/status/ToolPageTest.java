package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.status.replay.ToolFixture;
import dev.allclear.status.tool.TrackingTool;
import dev.allclear.status.tool.TrackingTools;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of tools in {@code docs/status.md} is the tools that are read, and says which of them have been run. */
final class ToolPageTest {
    @Test
    void hasALineForEachTool_andNoOther() throws IOException {
        List<String> lines = Files.readAllLines(ToolMatrix.PAGE).stream()
                .dropWhile(line -> !line.equals("## The tools"))
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .filter(line -> !line.startsWith("| ---"))
                .takeWhile(line -> line.split("\\|").length == 5)
                .toList();

        assertThat(lines)
                .containsExactlyElementsOf(
                        TrackingTools.all().stream().map(ToolPageTest::line).toList());
    }

    private static String line(TrackingTool tool) {
        List<ToolFixture> runs = ToolFixture.all().stream()
                .filter(fixture -> fixture.toolName().equals(tool.name()))
                .toList();
        String shown = runs.stream()
                .map(fixture ->
                        fixture.recordedOn().isPresent() ? fixture.head().get("tool") + " was run" : "written by hand")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", and "));
        return "| " + tool.name() + " | "
                + new TreeSet<>(tool.tableNames())
                        .stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + " | " + tool.form() + " | " + shown + " |";
    }
}
