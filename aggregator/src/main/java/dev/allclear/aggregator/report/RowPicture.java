package dev.allclear.aggregator.report;

import java.util.List;

/** Expected against actual rows of every table: a bar, and how much of it is filled. */
final class RowPicture {
    private static final double NAME = 230;
    private static final double BARS = 300;
    private static final double ROW = 36;

    private RowPicture() {}

    static void draw(Measured measured, Markup html) {
        List<Measured> tables = measured.list("tables").stream()
                .filter(table -> table.number("expected").isPresent()
                        && table.number("actual").isPresent())
                .toList();
        if (tables.isEmpty()) {
            return;
        }
        Chart chart = Chart.open(html, "Rows: expected and found", "expected and actual rows", tables.size() * ROW + 4);
        for (int i = 0; i < tables.size(); i++) {
            draw(chart, tables.get(i), i * ROW);
        }
        chart.close();
    }

    private static void draw(Chart chart, Measured table, double y) {
        double expected = table.number("expected").orElse(0);
        double actual = table.number("actual").orElse(0);
        double most = Math.max(1, Math.max(expected, actual));
        boolean isWrong = expected != actual;
        chart.text(NAME - 12, y + 15, Chart.fit(table.text("table"), 30), "end", "name");
        chart.text(NAME - 12, y + 29, Chart.fit(table.text("expectation"), 38), "end", "value");
        chart.bar(NAME, y + 8, BARS * expected / most, 18, "before");
        chart.bar(NAME, y + 8, BARS * actual / most, 18, isWrong ? "after bad" : "after");
        String difference =
                isWrong ? Quantity.count(actual) + " of " + Quantity.count(expected) : Quantity.count(actual);
        chart.text(NAME + BARS + 12, y + 22, difference, "start", isWrong ? "value strong" : "value");
    }
}
