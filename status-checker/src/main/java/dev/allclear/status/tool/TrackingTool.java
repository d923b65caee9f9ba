package dev.allclear.status.tool;

import dev.allclear.postgres.ResultRow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * How one migration tool keeps its record in the database, declared: adding a tool is one class that makes one of these, its line in
 * {@link TrackingTools}, and one fixture.
 *
 * @param name as in {@code --tool}
 * @param tableNames the names that the tool gives its table unless told otherwise
 * @param columns what the table must have to be read
 * @param distinct tells it from other tools' tables with the same name and columns
 * @param besides other tables of the same schema that {@code rows} reads; in it {@code {schema}} is the quoted schema
 * @param rows the query for all rows, oldest first; {@code {table}} is the quoted, qualified name. Columns: {@code key} (tells rows
 *     apart: a key that was not there before was written by this run), {@code version} (text, may be null), {@code name}, {@code state} (a
 *     {@link Step.State}), and where the tool keeps it {@code description}, {@code at} or, from a column without a zone, {@code local_at} (timestamptz), {@code aliases} (text[]), {@code failure}.
 *     Takes ACCESS SHARE on the tables named only
 * @param targets when a target counts as applied
 * @param naming whether a row is what a target names
 * @param form how a target is written, for a message
 * @param mending what a person does about a row that is marked as begun and not ended
 * @param lock the tool's lock table
 * @param repeatsVersions whether two migrations may have the same version, told apart by the rest of their names
 */
public record TrackingTool(
        String name,
        Set<String> tableNames,
        Set<String> columns,
        Predicate<TableShape> distinct,
        Set<String> besides,
        String rows,
        TargetRule targets,
        BiPredicate<Step, String> naming,
        String form,
        String mending,
        Optional<LockTable> lock,
        boolean repeatsVersions) {

    public TrackingTool {
        tableNames = Set.copyOf(tableNames);
        columns = Set.copyOf(columns);
        besides = Set.copyOf(besides);
    }

    /** A tool with a row for each migration, whose versions are its files' names or their numbers. */
    static TrackingTool of(String name, String table, Set<String> columns, String rows) {
        return new TrackingTool(
                name,
                Set.of(table),
                columns,
                shape -> true,
                Set.of(),
                rows,
                TargetRule.EACH_ROW,
                Naming::fileLike,
                "the migration's file name or its number",
                "see what of it stands, then mend it and its record",
                Optional.empty(),
                false);
    }

    TrackingTool alsoNamed(String table) {
        Set<String> names = new HashSet<>(tableNames);
        names.add(table);
        return new TrackingTool(
                name, names, columns, distinct, besides, rows, targets, naming, form, mending, lock, repeatsVersions);
    }

    TrackingTool onlyWhere(Predicate<TableShape> condition) {
        return new TrackingTool(
                name,
                tableNames,
                columns,
                condition,
                besides,
                rows,
                targets,
                naming,
                form,
                mending,
                lock,
                repeatsVersions);
    }

    TrackingTool readingAlso(String table) {
        return new TrackingTool(
                name,
                tableNames,
                columns,
                distinct,
                Set.of(table),
                rows,
                targets,
                naming,
                form,
                mending,
                lock,
                repeatsVersions);
    }

    TrackingTool targets(TargetRule rule, BiPredicate<Step, String> names, String written) {
        return new TrackingTool(
                name,
                tableNames,
                columns,
                distinct,
                besides,
                rows,
                rule,
                names,
                written,
                mending,
                lock,
                repeatsVersions);
    }

    TrackingTool mendedBy(String advice) {
        return new TrackingTool(
                name,
                tableNames,
                columns,
                distinct,
                besides,
                rows,
                targets,
                naming,
                form,
                advice,
                lock,
                repeatsVersions);
    }

    TrackingTool lockedBy(LockTable table) {
        return new TrackingTool(
                name,
                tableNames,
                columns,
                distinct,
                besides,
                rows,
                targets,
                naming,
                form,
                mending,
                Optional.of(table),
                repeatsVersions);
    }

    TrackingTool repeatingVersions() {
        return new TrackingTool(
                name, tableNames, columns, distinct, besides, rows, targets, naming, form, mending, lock, true);
    }

    /** Whether the target is a part of the migration's name that another migration may have too. */
    public boolean isOnlyPartOfName(Step step, String target) {
        return repeatsVersions && step.version().filter(target::equals).isPresent();
    }

    /** Whether a table of any name can be this tool's, though perhaps another's too. */
    public boolean fits(TableShape shape) {
        return shape.has(columns) && (distinct.test(shape) || shape.hasOnly(columns));
    }

    /** Whether the table, by its name, columns and surroundings, is this tool's and no other's. */
    public boolean recognizes(String table, TableShape shape) {
        return tableNames.contains(table) && shape.has(columns) && distinct.test(shape);
    }

    /** The query for all rows, of tables given as quoted names. */
    public String rowsSql(String schema, String table) {
        return rows.replace("{schema}", schema).replace("{table}", table);
    }

    public Step step(ResultRow row) {
        return Step.of(row);
    }

    /** What the rows, oldest first, say of the target at {@code index}. */
    public Presence presence(List<Step> steps, List<String> all, int index) {
        return targets.presence(steps, all, index, naming);
    }
}
