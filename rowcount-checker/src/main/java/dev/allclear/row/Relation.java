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
 * @param estimate the planner's row estimate; empty when the table was never analyzed
 * @param primaryKey empty when it has none
 */
record Relation(
        long oid,
        String schema,
        String name,
        boolean view,
        String reader,
        boolean readable,
        boolean filtered,
        Optional<Long> estimate,
        List<Column> columns,
        List<Column> primaryKey) {
    Relation {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** Its quoted name, safe in a statement and different for different tables. */
    String sql() {
        return SqlText.identifier(schema, name);
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
