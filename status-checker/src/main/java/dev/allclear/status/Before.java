package dev.allclear.status;

import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.Kind;
import dev.allclear.status.tool.TrackingTable;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The baseline of this check.
 *
 * @param startedAt when the publisher said that the migration begins
 * @param clock the database's clock at the baseline
 * @param locks identities of the tools' locks that were held then
 * @param rowsWritten as in {@link Look}
 * @param atWork whether a session of the migration was running a statement then
 * @param catalog without those kinds for which there was no room
 */
record Before(
        Asked asked,
        Instant startedAt,
        Instant clock,
        List<TrackingTable> tables,
        Set<String> locks,
        long rowsWritten,
        boolean atWork,
        Catalog catalog) {
    /** A baseline travels as one Kafka message of at most 4 MB. */
    static final long ROOM = 3_500_000;

    /** A catalog up to this size is kept readable, a larger one packed. */
    private static final long READABLE = 300_000;

    /** What is given up when there is no room, the first first; without the other kinds no debris could be attributed. */
    private static final List<Kind> DISPENSABLE = List.of(
            Kind.COLUMN,
            Kind.FUNCTION,
            Kind.RULE,
            Kind.TYPE,
            Kind.SCHEMA,
            Kind.SEQUENCE,
            Kind.PARTITION,
            Kind.VIEW,
            Kind.GRANT,
            Kind.POLICY,
            Kind.TRIGGER);

    Before {
        tables = List.copyOf(tables);
        locks = Set.copyOf(locks);
    }

    /** The same in at most {@code room} bytes: columns and functions go first, what debris is attributed by last. */
    Before within(long room) {
        Before fitting = this;
        Set<Kind> kept = EnumSet.allOf(Kind.class);
        Iterator<Kind> dispensable = DISPENSABLE.iterator();
        while (!fitting.fits(room)) {
            if (!dispensable.hasNext()) {
                throw new IllegalStateException(
                        "the catalog's tables, indexes and constraints and the tracking tables' rows take "
                                + fitting.size() + " bytes; a baseline holds at most " + room);
            }
            kept.remove(dispensable.next());
            fitting = new Before(asked, startedAt, clock, tables, locks, rowsWritten, atWork, catalog.only(kept));
        }
        return fitting;
    }

    /** Kinds for which there was no room; they cannot be compared. */
    Set<Kind> notKept() {
        Set<Kind> missing = EnumSet.allOf(Kind.class);
        missing.removeIf(catalog::knows);
        return missing;
    }

    private boolean fits(long room) {
        return catalog.size() <= Packed.LARGEST / 2 && size() <= room;
    }

    private long size() {
        return tables.toString().length()
                + (catalog.size() <= READABLE
                        ? catalog.size()
                        : Packed.of(catalog.toMap()).length());
    }

    /** The same table as it was then. */
    Optional<TrackingTable> same(TrackingTable table) {
        return tables.stream().filter(table::isSameTable).findFirst();
    }

    Map<String, Object> toContent() {
        Map<String, Object> content = new LinkedHashMap<>();
        asked.tool().ifPresent(tool -> content.put("tool", tool));
        content.put("targets", asked.targets());
        content.put("dataChanging", asked.dataChanging());
        content.put("startedAt", startedAt.toString());
        content.put("clock", clock.toString());
        content.put("tables", tables.stream().map(TrackingTable::toMap).toList());
        content.put("locks", List.copyOf(locks));
        content.put("rowsWritten", rowsWritten);
        content.put("atWork", atWork);
        content.put("catalog", catalog.size() <= READABLE ? catalog.toMap() : Packed.of(catalog.toMap()));
        return content;
    }

    static Before of(Map<String, Object> content) {
        List<?> targets = (List<?>) present(content, "targets");
        List<?> tables = (List<?>) present(content, "tables");
        List<?> locks = (List<?>) present(content, "locks");
        return new Before(
                new Asked(
                        Optional.ofNullable(content.get("tool")).map(Object::toString),
                        targets.stream().map(Object::toString).toList(),
                        Boolean.TRUE.equals(content.get("dataChanging"))),
                Instant.parse(present(content, "startedAt").toString()),
                Instant.parse(present(content, "clock").toString()),
                tables.stream()
                        .map(table -> TrackingTable.fromMap((Map<?, ?>) table))
                        .toList(),
                locks.stream().map(Object::toString).collect(Collectors.toSet()),
                ((Number) present(content, "rowsWritten")).longValue(),
                Boolean.TRUE.equals(content.get("atWork")),
                catalog(present(content, "catalog")));
    }

    private static Catalog catalog(Object kept) {
        return Catalog.fromMap(kept instanceof String packed ? Packed.open(packed) : (Map<?, ?>) kept);
    }

    private static Object present(Map<String, Object> content, String key) {
        Object value = content.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the status check's baseline has no " + key);
        }
        return value;
    }
}
