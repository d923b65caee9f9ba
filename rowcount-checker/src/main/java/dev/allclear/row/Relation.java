package dev.allclear.row;

import dev.allclear.postgres.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * A table as the catalog has it, partitioned tables counting as one.
 *
 * @param reader the role that we are
 * @param readable whether our role has USAGE on its schema and SELECT on it
 * @param filtered whether row level security would hide rows from our role
 * @param foreign whether it, or a part of it, is a foreign table: the server enforces nothing that is declared of it, and from
 *     PostgreSQL 17 on believes it when it plans
 * @param estimate the planner's row estimate; empty when the table was never analyzed
 * @param primaryKey empty when it has none
 * @param indexes those that can answer for the whole table: valid, of columns, without a condition, calling the same what their
 *     columns call the same
 * @param lineage the oids of the table itself and of all whose part it is
 */
record Relation(
        long oid,
        String schema,
        String name,
        boolean view,
        String reader,
        boolean readable,
        boolean filtered,
        boolean foreign,
        Optional<Long> estimate,
        List<Column> columns,
        List<Column> primaryKey,
        List<Index> indexes,
        List<Long> lineage) {
    Relation {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        indexes = List.copyOf(indexes);
        lineage = List.copyOf(lineage);
    }

    /** Its quoted name, safe in a statement and different for different tables. */
    String sql() {
        return SqlText.identifier(schema, name);
    }

    /** Whether a valid unique index forbids two rows with the same values in these columns. */
    boolean enforcesUnique(List<Column> some) {
        return indexes.stream().anyMatch(index -> index.unique() && some.containsAll(index.columns()));
    }

    /** Whether an index finds the rows without a value in the column. */
    boolean canSearch(Column column) {
        return indexes.stream().anyMatch(index -> index.columns().get(0).equals(column));
    }

    /** Whether rows of one are also rows of the other, so that a sum would count them twice. */
    boolean overlaps(Relation other) {
        return lineage.contains(other.oid) || other.lineage.contains(oid);
    }

    /** The column that this name from an event means: as written, else by SQL's rules of quoting and folding. */
    Optional<Column> column(String written) {
        Optional<Column> exact = named(written);
        return exact.isPresent() || written.length() > WrittenName.LONGEST
                ? exact
                : new WrittenName(written).soleSqlPart().flatMap(this::named);
    }

    private Optional<Column> named(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }

    /** Its name for people, such as {@code public.orders}. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
