package dev.allclear.status.tool;

import dev.allclear.postgres.ResultRow;
import java.util.List;
import java.util.Set;

/** How one migration tool keeps its record in the database. Adding a tool is one class and its line in {@link TrackingTools}. */
public interface TrackingTool {
    /** As in {@code --tool}. */
    String name();

    /** The names that the tool gives its table unless told otherwise. */
    Set<String> tableNames();

    /** Whether a table with these columns is this tool's: several tools share the name {@code schema_migrations}. */
    boolean recognizes(Set<String> columns);

    /** The query for all rows, oldest first; {@code table} is a quoted, qualified name. Takes ACCESS SHARE on that table only. */
    String rowsSql(String table);

    Step step(ResultRow row);

    /**
     * Whether the target is there.
     *
     * @param steps all rows, oldest first
     * @param last whether it is the last of the run's targets, which for a tool that keeps only its head must be the head
     */
    Presence presence(List<Step> steps, String target, boolean last);
}
