package dev.allclear.status;

import dev.allclear.postgres.MigrationLockKeys;
import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.SqlText;
import dev.allclear.postgres.Statements;
import dev.allclear.status.StatusSettings.NamedTable;
import dev.allclear.status.tool.LockTable;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.TableShape;
import dev.allclear.status.tool.TrackingTable;
import dev.allclear.status.tool.TrackingTool;
import dev.allclear.status.tool.TrackingTools;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the migration tools' own tables in one snapshot: what they record, and whether a tool's lock is held. */
final class TrackingReader {
    private final Statements tx;
    private final StatusSettings settings;
    private final Optional<String> namedTool;
    private final List<TrackingTable> tables = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final List<HeldLock> locks = new ArrayList<>();
    private final Set<String> ownTables = new TreeSet<>();

    /**
     * What was read.
     *
     * @param absent configured tables that do not exist or have other columns, as {@code schema.table}
     * @param locks the locks that are held
     * @param ownTables all tables of the tools found, as {@code schema.table}
     */
    record Read(List<TrackingTable> tables, List<String> absent, List<HeldLock> locks, Set<String> ownTables) {}

    /** A table that has the name of some tool's. */
    private record Candidate(String schema, String table, TableShape shape, boolean readable, String remedy) {
        String quoted() {
            return SqlText.identifier(schema, table);
        }
    }

    /** @param namedTool what the publisher said: it decides where a table could be that of several tools */
    TrackingReader(Statements tx, StatusSettings settings, Optional<String> namedTool) {
        this.tx = tx;
        this.settings = settings;
        this.namedTool = namedTool;
    }

    Future<Read> read() {
        Set<String> names = new TreeSet<>(TrackingTools.tableNames());
        settings.tables().forEach(named -> names.add(named.table()));
        return tx.query(Sql.text("tracking-tables"), (Object) names.toArray(new String[0]))
                .compose(rows -> {
                    List<Candidate> candidates = candidates(rows);
                    noteAbsent(candidates);
                    Future<Void> all = Future.succeededFuture();
                    for (Candidate candidate : candidates) {
                        Optional<TrackingTool> tool = toolOf(candidate);
                        if (tool.isPresent()) {
                            all = all.compose(done -> steps(tool.get(), candidate, candidates))
                                    .compose(done -> lockRow(tool.get(), candidate, candidates));
                        }
                    }
                    return all;
                })
                .compose(done -> advisoryLocks())
                .map(done -> new Read(tables, absent, locks, ownTables));
    }

    private static List<Candidate> candidates(List<ResultRow> rows) {
        Map<String, Set<String>> bySchema = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.text("schema"), Collectors.mapping(row -> row.text("table"), Collectors.toSet())));
        return rows.stream()
                .map(row -> new Candidate(
                        row.text("schema"),
                        row.text("table"),
                        new TableShape(columns(row), bySchema.getOrDefault(row.text("schema"), Set.of())),
                        row.flag("readable"),
                        row.text("remedy")))
                .toList();
    }

    private static Map<String, String> columns(ResultRow row) {
        List<String> names = row.texts("columns");
        List<String> types = row.texts("types");
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            columns.put(names.get(i), types.get(i));
        }
        return columns;
    }

    private void noteAbsent(List<Candidate> candidates) {
        for (NamedTable named : settings.tables()) {
            if (candidates.stream()
                    .noneMatch(candidate ->
                            isThat(named, candidate) && toolOf(candidate).isPresent())) {
                absent.add(named.schema() + "." + named.table());
            }
        }
    }

    /** Where tables are configured, those alone are read. */
    private Optional<TrackingTool> toolOf(Candidate candidate) {
        if (settings.tables().isEmpty()) {
            return TrackingTools.of(candidate.table(), candidate.shape(), namedTool);
        }
        return settings.tables().stream()
                .filter(named -> isThat(named, candidate))
                .findFirst()
                .flatMap(named -> TrackingTools.named(named.tool()))
                .filter(tool -> tool.fits(candidate.shape()));
    }

    private static boolean isThat(NamedTable named, Candidate candidate) {
        return named.schema().equals(candidate.schema()) && named.table().equals(candidate.table());
    }

    private Future<Void> steps(TrackingTool tool, Candidate table, List<Candidate> all) {
        ownTables.add(table.schema() + "." + table.table());
        tool.besides().forEach(name -> ownTables.add(table.schema() + "." + name));
        Optional<Candidate> closed = Optional.of(table)
                .filter(candidate -> !candidate.readable())
                .or(() -> neighbour(table, tool.besides(), all).filter(candidate -> !candidate.readable()));
        if (closed.isPresent()) {
            tables.add(tracking(tool, table, false, closed.get().remedy(), List.of()));
            return Future.succeededFuture();
        }
        return tx.query(tool.rowsSql(SqlText.identifier(table.schema()), table.quoted()))
                .map(rows -> {
                    tables.add(tracking(
                            tool,
                            table,
                            true,
                            table.remedy(),
                            rows.stream().map(tool::step).toList()));
                    return null;
                });
    }

    private static TrackingTable tracking(
            TrackingTool tool, Candidate table, boolean readable, String remedy, List<Step> steps) {
        return new TrackingTable(tool.name(), table.schema(), table.table(), readable, remedy, steps);
    }

    private static Optional<Candidate> neighbour(Candidate table, Set<String> names, List<Candidate> all) {
        return all.stream()
                .filter(other -> other.schema().equals(table.schema()) && names.contains(other.table()))
                .findFirst();
    }

    private Future<Void> lockRow(TrackingTool tool, Candidate table, List<Candidate> all) {
        Optional<LockTable> lock = tool.lock();
        Optional<Candidate> where = lock.flatMap(known -> neighbour(table, known.names(), all));
        if (lock.isEmpty() || where.isEmpty()) {
            return Future.succeededFuture();
        }
        String label = where.get().schema() + "." + where.get().table();
        String quoted = where.get().quoted();
        ownTables.add(label);
        if (!where.get().readable()) {
            tables.add(tracking(tool, where.get(), false, where.get().remedy(), List.of()));
            return Future.succeededFuture();
        }
        return tx.query(lock.get().sqlFor(quoted)).map(rows -> {
            rows.forEach(row -> locks.add(new HeldLock(
                    tool.name(),
                    label,
                    row.optionalText("holder"),
                    row.optionalInstant("since"),
                    lock.get().releaseOf(quoted))));
            return null;
        });
    }

    private Future<Void> advisoryLocks() {
        return tx.query(Sql.text("advisory-locks")).map(rows -> {
            for (ResultRow row : rows) {
                MigrationLockKeys.toolOf(row.number("key"), row.text("database"))
                        .ifPresent(tool -> locks.add(new HeldLock(
                                tool,
                                "advisory lock " + row.number("key"),
                                Optional.of("pid " + row.number("pid") + " (" + row.text("application") + ", "
                                        + row.text("state") + ")"),
                                row.optionalInstant("since"),
                                "SELECT pg_terminate_backend(" + row.number("pid") + ");")));
            }
            return null;
        });
    }
}
