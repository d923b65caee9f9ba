package dev.allclear.aggregator.report;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as JSON: the data of {@code verdict.reached}, each check with its whole result. */
public final class JsonReport {
    private JsonReport() {}

    /** One JSON object, on one line. */
    public static String of(RunReport report) {
        Map<String, Object> verdict = new LinkedHashMap<>(EventJson.toMap(new VerdictReached(report.verdict())));
        List<Object> checks = new ArrayList<>();
        if (verdict.get("checks") instanceof List<?> briefs) {
            briefs.forEach(brief -> checks.add(brief instanceof Map<?, ?> map ? whole(map, report) : brief));
        }
        verdict.put("checks", checks);
        return Json.write(verdict);
    }

    private static Map<String, Object> whole(Map<?, ?> brief, RunReport report) {
        Map<String, Object> check = new LinkedHashMap<>();
        brief.forEach((key, value) -> check.put(String.valueOf(key), value));
        report.checks().stream()
                .filter(answer -> answer.check().value().equals(String.valueOf(brief.get("check"))))
                .filter(answer -> answer.outcome().name().equals(String.valueOf(brief.get("outcome"))))
                .findFirst()
                .ifPresent(answer -> check.putAll(dataOf(answer)));
        return check;
    }

    private static Map<String, Object> dataOf(CheckReport answer) {
        Map<String, Object> data = new LinkedHashMap<>(EventJson.toMap(new CheckCompleted(answer)));
        data.remove("runId");
        data.remove("database");
        return data;
    }
}
