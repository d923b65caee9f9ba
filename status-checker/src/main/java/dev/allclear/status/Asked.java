package dev.allclear.status;

import dev.allclear.event.MigrationDescription;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.TrackingTable;
import dev.allclear.status.tool.TrackingTools;
import java.util.List;
import java.util.Optional;

/** What the publisher said of the migration, as far as this check cares. */
record Asked(Optional<String> tool, List<String> targets, boolean dataChanging) {
    Asked {
        targets = List.copyOf(targets);
    }

    static Asked of(MigrationDescription description) {
        return new Asked(
                description.tool(),
                description.targetVersions().stream().distinct().toList(),
                description.dataChanging().orElse(false));
    }

    /** This, and where it says nothing, what was said earlier. */
    Asked orEarlier(Asked earlier) {
        return new Asked(
                tool.or(earlier::tool),
                targets.isEmpty() ? earlier.targets : targets,
                dataChanging || earlier.dataChanging);
    }

    /** Whether one of the targets means this row. */
    boolean names(TrackingTable table, Step step) {
        return targets.stream().anyMatch(target -> table.rules().naming().test(step, target));
    }

    boolean isPlainSql() {
        return tool.filter(TrackingTools.SQL::equals).isPresent();
    }
}
