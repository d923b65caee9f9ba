package dev.allclear.aggregator.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the migration recorded, and what it really changed in the catalog, as a diff by table. */
final class ChangePicture {
    private static final int MOST = 20;

    private ChangePicture() {}

    static void draw(Measured measured, Markup html) {
        applied(measured, html);
        List<Measured> changes = measured.list("changes");
        if (changes.isEmpty()) {
            return;
        }
        double all = measured.number("changesTotal").orElse(changes.size());
        html.leaf("h3", "What changed in the catalog: " + Quantity.count(all) + (all == 1 ? " change" : " changes"));
        html.open("ul", "class", "diff");
        byTable(changes).forEach((table, own) -> {
            html.open("li", "class", "table").leaf("code", table.isEmpty() ? "the database" : Plain.line(table));
            html.open("ul");
            own.forEach(change -> line(change, html));
            html.close().close();
        });
        html.close();
        if (all > changes.size()) {
            html.leaf("p", "and " + Quantity.count(all - changes.size()) + " more", "class", "small");
        }
    }

    private static void applied(Measured measured, Markup html) {
        List<Measured> steps = measured.list("applied");
        if (steps.isEmpty()) {
            return;
        }
        html.open("p", "class", "small").text("Recorded as applied: ");
        for (Measured step : steps.stream().limit(MOST).toList()) {
            html.leaf("code", Plain.line(step.text("version") + " " + step.text("description")), "class", "ref");
        }
        if (steps.size() > MOST) {
            html.text(" and " + Quantity.count(steps.size() - MOST) + " more");
        }
        html.close();
    }

    private static Map<String, List<Measured>> byTable(List<Measured> changes) {
        return changes.stream()
                .collect(
                        Collectors.groupingBy(change -> change.text("table"), LinkedHashMap::new, Collectors.toList()));
    }

    private static void line(Measured change, Markup html) {
        String way = change.text("way");
        String sign =
                switch (way) {
                    case "added" -> "+";
                    case "removed" -> "−";
                    default -> "~";
                };
        String style = sign.equals("+") ? "added" : sign.equals("−") ? "removed" : "altered";
        html.open("li", "class", style).leaf("span", sign, "class", "sign", "aria-hidden", "true");
        html.leaf("span", style + ": ", "class", "hidden").leaf("code", Plain.line(change.text("what")));
        html.close();
    }
}
