package dev.allclear.status;

import dev.allclear.model.CheckReport;
import dev.allclear.status.replay.ToolFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of {@code docs/status.md}: one for each way of telling, a row for each tool, a column for each ending. */
final class ToolMatrix {
    static final List<String> COLUMNS = List.of("clean", "failed", "killed", "killed, later", "stamped");

    static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/status.md");

    private static final String NONE = "–";

    private final Map<Cell, String> cells;

    /** How the end of a run is told. */
    enum Told {
        TRULY("Told as it was"),
        FALSELY("Told as a success: exit code 0, no output"),
        FALSELY_WITHOUT_TARGETS("Told as a success, and no target named");

        private final String title;

        Told(String title) {
            this.title = title;
        }

        /** The rehearsal with what is told. */
        Rehearsal of(Rehearsal rehearsal, ToolFixture fixture) {
            rehearsal.exitCode(this == TRULY ? fixture.exitCode() : 0);
            return this == FALSELY_WITHOUT_TARGETS
                    ? rehearsal
                    : rehearsal
                            .tool(fixture.toolName())
                            .targets(fixture.targets().toArray(new String[0]));
        }
    }

    /** Where an answer stands. */
    record Cell(Told told, String tool, String column) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            return Comparator.comparing(Cell::told)
                    .thenComparing(Cell::tool)
                    .thenComparing(cell -> COLUMNS.indexOf(cell.column()))
                    .compare(this, other);
        }
    }

    private ToolMatrix(Map<Cell, String> cells) {
        this.cells = cells;
    }

    static ToolMatrix read(Path page) {
        Map<Cell, String> cells = new LinkedHashMap<>();
        List<Told> current = new ArrayList<>();
        for (String line : lines(page)) {
            for (Told told : Told.values()) {
                if (line.equals("### " + told.title)) {
                    current.add(told);
                }
            }
            String[] parts = line.split(" *\\| *", -1);
            if (!current.isEmpty() && parts.length == COLUMNS.size() + 3 && !parts[1].matches("tool|-+")) {
                for (int i = 0; i < COLUMNS.size(); i++) {
                    if (!parts[i + 2].equals(NONE)) {
                        cells.put(new Cell(current.get(current.size() - 1), parts[1], COLUMNS.get(i)), parts[i + 2]);
                    }
                }
            }
        }
        return new ToolMatrix(cells);
    }

    String cell(Cell cell) {
        return cells.getOrDefault(cell, "nothing");
    }

    /** {@code tool/column} of every answer. */
    Set<String> runs() {
        return cells.keySet().stream()
                .map(cell -> cell.tool() + "/" + cell.column())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code FAILED: migration-failed, version-missing}. */
    static String answer(CheckReport report) {
        String codes = report.findings().stream()
                .map(finding -> finding.code().value().replaceFirst("^status\\.", ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return report.outcome() + (codes.isEmpty() ? "" : ": " + codes);
    }

    static void write(Map<Cell, String> answers, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Told told : Told.values()) {
            lines.addAll(List.of("### " + told.title, "", "| tool | " + String.join(" | ", COLUMNS) + " |"));
            lines.add("| --- ".repeat(COLUMNS.size() + 1) + "|");
            answers.keySet().stream()
                    .map(Cell::tool)
                    .distinct()
                    .forEach(tool -> lines.add("| " + tool + " | "
                            + COLUMNS.stream()
                                    .map(column -> answers.getOrDefault(new Cell(told, tool, column), NONE))
                                    .collect(Collectors.joining(" | "))
                            + " |"));
            lines.add("");
        }
        Files.write(file, lines);
    }

    private static List<String> lines(Path page) {
        try {
            return Files.exists(page) ? Files.readAllLines(page) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
