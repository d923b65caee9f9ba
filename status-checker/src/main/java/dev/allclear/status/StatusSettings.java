package dev.allclear.status;

import dev.allclear.config.Section;
import dev.allclear.status.tool.TrackingTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code databases.NAME.status}.
 *
 * @param settle how long after completion the second look is taken
 * @param tables the tracking tables to read; empty means: find them
 */
record StatusSettings(Duration settle, List<NamedTable> tables) {
    static final StatusSettings DEFAULT = new StatusSettings(Duration.ofSeconds(5), List.of());
    private static final Duration LONGEST_SETTLE = Duration.ofMinutes(2);

    StatusSettings {
        tables = List.copyOf(tables);
    }

    /** A tracking table under a name of its own. */
    record NamedTable(String tool, String schema, String table) {}

    static StatusSettings read(Section section) {
        Duration settle = section.duration("settle", DEFAULT.settle);
        if (settle.isNegative() || settle.compareTo(LONGEST_SETTLE) > 0) {
            section.mistake("settle", "must be from 0s to " + LONGEST_SETTLE.toMinutes() + "m");
            settle = DEFAULT.settle;
        }
        List<NamedTable> tables = new ArrayList<>();
        for (Section table : section.sections("tables")) {
            String tool = table.required("tool");
            if (!tool.isEmpty() && TrackingTools.named(tool).isEmpty()) {
                table.mistake(
                        "tool", "\"" + tool + "\" is no tool whose table is read; known: " + TrackingTools.readNames());
            }
            tables.add(new NamedTable(tool, table.required("schema"), table.required("table")));
            table.rejectOtherKeys();
        }
        section.rejectOtherKeys();
        return new StatusSettings(settle, tables);
    }
}
