package dev.allclear.aggregator.report;

import java.util.List;

/** What the migration recorded and what it really changed, as lists. */
final class ChangePicture {
    private static final int MOST = 20;

    private ChangePicture() {}

    static void draw(Measured measured, Markup html) {
        List<String> applied = measured.texts("applied");
        if (!applied.isEmpty()) {
            html.open("p", "class", "small").text("Applied: ");
            applied.stream().limit(MOST).forEach(version -> html.leaf("code", Plain.line(version), "class", "ref"));
            html.close();
        }
        List<Measured> changes = measured.list("changes");
        if (changes.isEmpty()) {
            return;
        }
        html.open("details")
                .leaf("summary", "What changed in the catalog: " + Quantity.count(changes.size()) + " objects");
        html.open("table", "class", "plain");
        for (Measured change : changes) {
            html.open("tr").leaf("td", Plain.line(change.text("kind")), "class", "small");
            html.open("td").leaf("code", Plain.line(change.text("object"))).close();
            html.leaf("td", Plain.line(change.text("what"))).close();
        }
        html.close().close();
    }
}
