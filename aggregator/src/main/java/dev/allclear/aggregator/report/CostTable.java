package dev.allclear.aggregator.report;

import dev.allclear.model.Cost;

/** What each check itself cost the database, and all together. */
final class CostTable {
    private CostTable() {}

    static void draw(RunReport report, Markup html) {
        html.open("section", "id", "cost").leaf("h2", "What Allclear itself cost the database");
        html.open("table", "class", "plain");
        html.open("tr").leaf("th", "check", "scope", "col");
        html.leaf("th", "database time, at most", "scope", "col", "class", "number");
        html.leaf("th", "queries", "scope", "col", "class", "number");
        html.leaf("th", "blocks read", "scope", "col", "class", "number").close();
        report.sections().forEach(section -> row(section.check().value(), section.cost(), html));
        row("all", report.cost(), html);
        html.close().close();
    }

    private static void row(String name, Cost cost, Markup html) {
        html.open("tr").leaf("th", name, "scope", "row");
        html.leaf("td", Quantity.time(cost.databaseTime()), "class", "number");
        html.leaf("td", Quantity.count(cost.queries()), "class", "number");
        html.leaf("td", cost.blocks().map(Quantity::count).orElse("–"), "class", "number");
        html.close();
    }
}
