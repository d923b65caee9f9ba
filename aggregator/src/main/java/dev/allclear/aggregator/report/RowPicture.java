package dev.allclear.aggregator.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Expected and actual rows of every expectation, one bar above the other. */
final class RowPicture {
    private static final double NAME = 230;
    private static final double BARS = 280;
    private static final double ROW = 44;
    private static final int MOST = 40;

    private RowPicture() {}

    static void draw(Measured measured, Markup html) {
        List<Measured> tables = measured.list("tables").stream()
                .filter(table -> table.number("actual").isPresent())
                .limit(MOST)
                .toList();
        if (tables.isEmpty()) {
            return;
        }
        String told = tables.stream()
                .map(table -> table.text("table") + ", " + table.text("expectation") + ": " + inWords(table))
                .collect(Collectors.joining("; "));
        double bottom = tables.size() * ROW + 4;
        Chart chart = Chart.open(html, "Rows: expected and found", "expected and actual rows. " + told, bottom + 18);
        for (int i = 0; i < tables.size(); i++) {
            draw(chart, tables.get(i), i * ROW);
        }
        double x = chart.key(NAME, bottom + 14, "before", "expected");
        x = chart.key(x, bottom + 14, "after", "found");
        chart.key(x, bottom + 14, "after bad", "found, and not as expected");
        chart.close();
    }

    /** The number itself, or what an older checker wrote there. */
    private static OptionalDouble expected(Measured table) {
        OptionalDouble rows = table.number("expectedRows");
        return rows.isPresent() ? rows : table.number("expected");
    }

    private static boolean isWrong(Measured table) {
        OptionalDouble expected = expected(table);
        return table.text("met").isEmpty()
                ? expected.isPresent()
                        && expected.getAsDouble() != table.number("actual").orElse(0)
                : table.text("met").equals("false");
    }

    private static String inWords(Measured table) {
        OptionalDouble expected = expected(table);
        String wanted = expected.isPresent() ? Quantity.count(expected.getAsDouble()) : table.text("expected");
        return Quantity.count(table.number("actual").orElse(0)) + " found, " + wanted + " expected";
    }

    private static void draw(Chart chart, Measured table, double y) {
        OptionalDouble expected = expected(table);
        double actual = table.number("actual").orElse(0);
        double most = Math.max(1, Math.max(expected.orElse(0), actual));
        boolean isWrong = isWrong(table);
        chart.text(NAME - 12, y + 17, Chart.fit(table.text("table"), 30), "end", "name");
        chart.text(NAME - 12, y + 32, Chart.start(table.text("expectation"), 36), "end", "value");
        if (expected.isPresent()) {
            chart.bar(NAME, y + 8, BARS * expected.getAsDouble() / most, 11, "before");
        }
        chart.text(
                NAME + BARS + 12,
                y + 17,
                (expected.isPresent()
                                ? Quantity.count(expected.getAsDouble())
                                : Chart.start(table.text("expected"), 20))
                        + " expected",
                "start",
                "value");
        chart.bar(NAME, y + 21, BARS * actual / most, 11, isWrong ? "after bad" : "after");
        double missed = table.number("missed").orElse(0);
        chart.text(
                NAME + BARS + 12,
                y + 32,
                Quantity.count(actual) + " found" + (missed > 0 ? ", " + Quantity.count(missed) + " missed" : ""),
                "start",
                isWrong ? "value strong" : "value");
    }
}
