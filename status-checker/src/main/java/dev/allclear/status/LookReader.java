package dev.allclear.status;

import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.SqlText;
import dev.allclear.postgres.Statements;
import dev.allclear.postgres.Visit;
import dev.allclear.status.StatusSettings.NamedTable;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Kind;
import dev.allclear.status.tool.TrackingTable;
import dev.allclear.status.tool.TrackingTool;
import dev.allclear.status.tool.TrackingTools;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Takes a {@link Look}: a handful of set-based queries in one snapshot, of system catalogs and tracking tables only. */
final class LookReader {
    private final Visit visit;
    private final StatusSettings settings;
    private final OwnSessions sessions;

    /** How the migration's own sessions are known; an empty user means any. */
    record OwnSessions(List<String> applicationNames, List<Integer> pids, String user) {}

    LookReader(Visit visit, StatusSettings settings, OwnSessions sessions) {
        this.visit = visit;
        this.settings = settings;
        this.sessions = sessions;
    }

    /** @param wanted the kinds of catalog objects to read; none leaves the catalog out */
    Future<Look> look(Set<Kind> wanted) {
        return visit.snapshot(tx -> new Reading(tx).look(wanted));
    }

    private final class Reading {
        private final Statements tx;
        private final List<TrackingTable> tables = new ArrayList<>();
        private final List<String> absent = new ArrayList<>();

        Reading(Statements tx) {
            this.tx = tx;
        }

        Future<Look> look(Set<Kind> wanted) {
            return tx.query(Sql.text("vantage")).compose(vantage -> tracking()
                    .compose(tracked -> wanted.isEmpty()
                            ? Future.succeededFuture(Optional.<Catalog>empty())
                            : catalog(wanted).map(Optional::of))
                    .compose(catalog -> activity(vantage.get(0), catalog)));
        }

        private Future<Look> activity(ResultRow vantage, Optional<Catalog> catalog) {
            return tx.query(Sql.text("builds")).compose(builds -> tx.query(
                            Sql.text("sessions"),
                            sessions.applicationNames().toArray(new String[0]),
                            sessions.pids().toArray(new Integer[0]),
                            sessions.user())
                    .map(working -> new Look(
                            vantage.instant("clock"),
                            tables,
                            absent,
                            catalog,
                            builds.stream().map(row -> row.text("oid")).collect(Collectors.toSet()),
                            working.stream().map(LookReader::session).toList(),
                            vantage.flag("sees_sessions") ? Optional.empty() : Optional.of(vantage.text("remedy")))));
        }

        private Future<Void> tracking() {
            Set<String> names = new TreeSet<>();
            if (settings.tables().isEmpty()) {
                TrackingTools.read().forEach(tool -> names.addAll(tool.tableNames()));
            } else {
                settings.tables().forEach(named -> names.add(named.table()));
            }
            return tx.query(Sql.text("tracking-tables"), (Object) names.toArray(new String[0]))
                    .compose(rows -> {
                        noteAbsent(rows);
                        Future<Void> all = Future.succeededFuture();
                        for (ResultRow row : rows) {
                            Optional<TrackingTool> tool = toolOf(row);
                            if (tool.isPresent()) {
                                all = all.compose(done -> steps(tool.get(), row));
                            }
                        }
                        return all;
                    });
        }

        private void noteAbsent(List<ResultRow> rows) {
            for (NamedTable named : settings.tables()) {
                if (rows.stream()
                        .noneMatch(row -> isThat(named, row) && toolOf(row).isPresent())) {
                    absent.add(named.schema() + "." + named.table());
                }
            }
        }

        private Future<Void> steps(TrackingTool tool, ResultRow row) {
            String schema = row.text("schema");
            String table = row.text("table");
            String remedy = row.text("remedy");
            if (!row.flag("readable")) {
                tables.add(new TrackingTable(tool.name(), schema, table, false, remedy, List.of()));
                return Future.succeededFuture();
            }
            return tx.query(tool.rowsSql(SqlText.identifier(schema, table))).map(rows -> {
                tables.add(new TrackingTable(
                        tool.name(),
                        schema,
                        table,
                        true,
                        remedy,
                        rows.stream().map(tool::step).toList()));
                return null;
            });
        }

        private Future<Catalog> catalog(Set<Kind> wanted) {
            List<CatalogObject> objects = new ArrayList<>();
            Future<Void> all = Future.succeededFuture();
            for (Kind kind : wanted) {
                all = all.compose(done -> tx.query(Sql.text(kind.word())).map(rows -> {
                    rows.forEach(row -> objects.add(object(kind, row)));
                    return null;
                }));
            }
            return all.map(done -> Catalog.of(objects, EnumSet.copyOf(wanted)));
        }
    }

    private Optional<TrackingTool> toolOf(ResultRow row) {
        Set<String> columns = new HashSet<>(row.texts("columns"));
        if (settings.tables().isEmpty()) {
            return TrackingTools.read().stream()
                    .filter(tool -> tool.tableNames().contains(row.text("table")) && tool.recognizes(columns))
                    .findFirst();
        }
        return settings.tables().stream()
                .filter(named -> isThat(named, row))
                .findFirst()
                .flatMap(named -> TrackingTools.named(named.tool()))
                .filter(tool -> tool.recognizes(columns));
    }

    private static boolean isThat(NamedTable named, ResultRow row) {
        return named.schema().equals(row.text("schema")) && named.table().equals(row.text("table"));
    }

    private static Look.WorkingSession session(ResultRow row) {
        return new Look.WorkingSession(
                row.number("pid"),
                row.text("application"),
                row.optionalDecimal("seconds").orElse(0.0));
    }

    private static CatalogObject object(Kind kind, ResultRow row) {
        Map<String, String> traits = new LinkedHashMap<>();
        for (String column : row.columns()) {
            if (!column.equals("name")) {
                row.optionalText(column).ifPresent(value -> traits.put(column, value));
            }
        }
        return new CatalogObject(kind, row.text("name"), traits);
    }
}
