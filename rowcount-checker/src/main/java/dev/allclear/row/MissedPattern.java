package dev.allclear.row;

import dev.allclear.model.Excerpt;
import dev.allclear.postgres.ResultRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for one column that tells the rows without a value from all others: one value that all of them have, or a range of dates or
 * keys, and no other row in it. Only values that say nothing about a person are named: dates, keys that are numbers, labels that
 * at least {@value #FEWEST} rows share.
 */
final class MissedPattern {
    /** Of fewer rows every column would seem to be the reason. */
    static final int FEWEST = 5;

    private static final int MOST_CANDIDATES = 12;
    private static final Set<String> DATES = Set.of("date", "timestamp without time zone", "timestamp with time zone");
    private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint");
    private static final Set<String> LABELS = Set.of("text", "character varying", "bpchar", "boolean");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}][\\p{L}0-9_ -]{0,30}");

    private final Relation relation;
    private final Column missing;
    private final List<Column> candidates;

    /** All rows without a value lie in it. */
    record Range(Column column, String low, String high) {
        boolean isOneValue() {
            return low.equals(high);
        }
    }

    MissedPattern(Bound bound) {
        this.relation = bound.relation();
        this.missing = bound.columns().get(0);
        this.candidates = relation.columns().stream()
                .filter(column -> !column.equals(missing))
                .filter(column -> isLabel(column) || DATES.contains(column.type()) || NUMBERS.contains(column.type()))
                .limit(MOST_CANDIDATES)
                .toList();
    }

    List<Column> candidates() {
        return candidates;
    }

    String rangesSql() {
        List<String> aggregates = new ArrayList<>(List.of("count(*) AS missed"));
        for (int i = 0; i < candidates.size(); i++) {
            String value = value(candidates.get(i));
            aggregates.add("count(" + value + ") AS known" + i + ", min(" + value + ")::text AS low" + i + ", max("
                    + value + ")::text AS high" + i);
        }
        return "-- Between what do the rows without a value lie, column by column? Reads the table under ACCESS SHARE.\nSELECT "
                + String.join(", ", aggregates) + " FROM " + relation.sql() + " WHERE " + missing.sql() + " IS NULL";
    }

    List<Range> ranges(ResultRow row) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Column column = candidates.get(i);
            if (row.number("known" + i) == row.number("missed") && row.number("missed") >= FEWEST) {
                Range range = new Range(column, row.text("low" + i), row.text("high" + i));
                if (maySay(range)) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    private boolean maySay(Range range) {
        if (isLabel(range.column())) {
            return range.isOneValue()
                    && (range.column().enumerated()
                            || LABEL.matcher(range.low()).matches());
        }
        return range.isOneValue()
                || DATES.contains(range.column().type())
                || relation.primaryKey().contains(range.column());
    }

    String othersSql(List<Range> ranges) {
        List<String> aggregates = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            Column column = ranges.get(i).column();
            String value = value(column);
            String type = isLabel(column) ? "text" : column.type();
            String low = "$" + (2 * i + 1) + "::text::" + type;
            String high = "$" + (2 * i + 2) + "::text::" + type;
            aggregates.add("count(*) FILTER (WHERE " + value + " BETWEEN " + low + " AND " + high + ") AS inside" + i
                    + ", count(*) FILTER (WHERE " + value + " < " + low + ") AS below" + i + ", count(*) FILTER (WHERE "
                    + value + " > " + high + ") AS above" + i);
        }
        return "-- Do rows with a value lie there too? Reads the table under ACCESS SHARE.\nSELECT "
                + String.join(", ", aggregates) + " FROM " + relation.sql() + " WHERE " + missing.sql()
                + " IS NOT NULL";
    }

    Object[] parameters(List<Range> ranges) {
        return ranges.stream()
                .flatMap(range -> List.of(range.low(), range.high()).stream())
                .toArray();
    }

    /** One value goes before a range of dates, and that before a range of keys. */
    Optional<String> sentence(List<Range> ranges, ResultRow others) {
        return java.util.stream.IntStream.range(0, ranges.size())
                .filter(i -> others.number("inside" + i) == 0)
                .boxed()
                .min(Comparator.comparingInt(i -> rank(ranges.get(i))))
                .map(i -> "all of them, and no other row, have "
                        + words(ranges.get(i), others.number("below" + i) == 0, others.number("above" + i) == 0));
    }

    private static int rank(Range range) {
        return range.isOneValue() ? 0 : DATES.contains(range.column().type()) ? 1 : 2;
    }

    private static String words(Range range, boolean first, boolean last) {
        String column = Excerpt.of(range.column().name());
        if (range.isOneValue()) {
            return column + " = " + Excerpt.of(range.low(), 40);
        }
        if (first != last) {
            return first ? column + " up to " + range.high() : column + " from " + range.low() + " on";
        }
        return column + " from " + range.low() + " to " + range.high();
    }

    private static boolean isLabel(Column column) {
        return column.enumerated() || LABELS.contains(column.type());
    }

    private static String value(Column column) {
        return isLabel(column) ? column.sql() + "::text" : column.sql();
    }
}
