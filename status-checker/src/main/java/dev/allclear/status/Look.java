package dev.allclear.status;

import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.tool.TrackingTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one look at the database saw.
 *
 * @param clock the database's clock
 * @param tables the tracking tables, readable or not
 * @param absentTables configured tracking tables that do not exist or have other columns, as {@code schema.table}
 * @param locks locks of migration tools that are held
 * @param ownTables the migration tools' tables, as {@code schema.table}: what changes there is no change of the migration
 * @param rowsWritten how many rows were ever inserted, updated or deleted, the tools' own tables left out; a statistic that lags a little
 * @param catalog the catalog, of every kind
 * @param building oids of indexes that are being built right now
 * @param working sessions of the migration that are still at work
 * @param blindness the GRANT that is missing to see other sessions; empty when they can be seen
 */
record Look(
        Instant clock,
        List<TrackingTable> tables,
        List<String> absentTables,
        List<HeldLock> locks,
        Set<String> ownTables,
        long rowsWritten,
        Catalog catalog,
        Set<String> building,
        List<WorkingSession> working,
        Optional<String> blindness) {

    Look {
        tables = List.copyOf(tables);
        absentTables = List.copyOf(absentTables);
        locks = List.copyOf(locks);
        ownTables = Set.copyOf(ownTables);
        building = Set.copyOf(building);
        working = List.copyOf(working);
    }

    /** A backend that runs a statement. */
    record WorkingSession(long pid, String application, double seconds) {}
}
