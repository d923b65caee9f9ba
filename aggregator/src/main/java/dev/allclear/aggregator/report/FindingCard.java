package dev.allclear.aggregator.report;

import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One finding: what it says, with the number and the limit; what to paste; and what it rests on. */
final class FindingCard {
    private static final int MOST = 20;
    private static final int LONGEST = 1_000;

    private FindingCard() {}

    static void draw(Finding finding, Markup html) {
        Mark mark = Mark.of(finding.severity());
        html.open("div", "class", "finding " + mark.style);
        html.open("p")
                .leaf("span", Wording.severity(finding.severity()), "class", "pill " + mark.style)
                .text(" " + Plain.line(finding.message()))
                .close();
        html.open("p", "class", "small").leaf("code", finding.code().value());
        if (!finding.subject().isBlank()) {
            html.text(" · ").leaf("code", Plain.line(finding.subject()));
        }
        html.close();
        finding.remedy().ifPresent(remedy -> html.leaf("p", "To mend it", "class", "label")
                .open("pre", "class", "remedy", "tabindex", "0")
                .leaf("code", remedy)
                .close());
        evidence(finding.evidence(), html);
        html.close();
    }

    private static void evidence(Map<String, Object> evidence, Markup html) {
        if (evidence.isEmpty()) {
            return;
        }
        html.open("details").leaf("summary", "Evidence").open("dl", "class", "evidence");
        evidence.entrySet().stream().limit(MOST).forEach(entry -> html.open("div")
                .leaf("dt", Plain.line(entry.getKey()))
                .leaf("dd", Excerpt.of(Plain.line(words(entry.getValue())), LONGEST))
                .close());
        html.close().close();
    }

    private static String words(Object value) {
        if (value instanceof List<?> items) {
            return items.stream().limit(MOST).map(FindingCard::words).collect(Collectors.joining(", "));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .limit(MOST)
                    .map(entry -> entry.getKey() + " " + words(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }
}
