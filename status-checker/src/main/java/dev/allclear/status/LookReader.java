package dev.allclear.status;

import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Statements;
import dev.allclear.postgres.Visit;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Kind;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes a {@link Look}: a handful of set-based queries in one snapshot, of system catalogs and tracking tables only. */
final class LookReader {
    private final Visit visit;
    private final StatusSettings settings;
    private final OwnSessions sessions;
    private final Optional<String> tool;

    /**
     * How the migration's own sessions are known.
     *
     * @param user whose sessions alone they are; empty means anybody's
     * @param roleAlone the publisher named nothing but the user: each of its sessions is the migration's
     */
    record OwnSessions(List<String> applicationNames, List<Integer> pids, String user, boolean roleAlone) {}

    /** @param tool what the publisher named, if anything */
    LookReader(Visit visit, StatusSettings settings, OwnSessions sessions, Optional<String> tool) {
        this.visit = visit;
        this.settings = settings;
        this.sessions = sessions;
        this.tool = tool;
    }

    Future<Look> look() {
        return visit.snapshot(tx -> new Reading(tx).look());
    }

    private final class Reading {
        private final Statements tx;

        Reading(Statements tx) {
            this.tx = tx;
        }

        /** What is being built is asked first: what the catalog of this moment shows unfinished may be finished a second later. */
        Future<Look> look() {
            return tx.query(Sql.text("vantage")).compose(vantage -> tx.query(Sql.text("builds"))
                    .compose(builds -> new TrackingReader(tx, settings, tool)
                            .read()
                            .compose(tracked -> catalog().compose(catalog -> rowsWritten(tracked)
                                    .compose(
                                            written -> activity(vantage.get(0), builds, tracked, catalog, written))))));
        }

        private Future<Long> rowsWritten(TrackingReader.Read tracked) {
            return tx.query(Sql.text("written"), (Object) tracked.ownTables().toArray(new String[0]))
                    .map(rows -> rows.get(0).number("rows"));
        }

        private Future<Look> activity(
                ResultRow vantage, List<ResultRow> builds, TrackingReader.Read tracked, Catalog catalog, long written) {
            return tx.query(
                            Sql.text("sessions"),
                            sessions.applicationNames().toArray(new String[0]),
                            sessions.pids().toArray(new Integer[0]),
                            sessions.user(),
                            sessions.roleAlone())
                    .map(working -> new Look(
                            vantage.instant("clock"),
                            tracked.tables(),
                            tracked.absent(),
                            tracked.locks(),
                            tracked.ownTables(),
                            written,
                            catalog,
                            builds.stream().map(row -> row.text("oid")).collect(Collectors.toSet()),
                            working.stream().map(LookReader::session).toList(),
                            vantage.flag("sees_sessions") ? Optional.empty() : Optional.of(vantage.text("remedy"))));
        }

        private Future<Catalog> catalog() {
            List<CatalogObject> objects = new ArrayList<>();
            Future<Void> all = Future.succeededFuture();
            for (Kind kind : Kind.values()) {
                all = all.compose(done -> tx.query(Sql.text(kind.word())).map(rows -> {
                    rows.forEach(row -> objects.add(object(kind, row)));
                    return null;
                }));
            }
            return all.map(done -> Catalog.of(objects, EnumSet.allOf(Kind.class)));
        }
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
