package dev.allclear.aggregator.report;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckReport;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.FindingCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report as JSON: the data of {@code verdict.reached}, each check with its whole result; {@code docs/report.schema.json} is its
 * JSON Schema.
 */
public final class JsonReport {
    private JsonReport() {}

    /** One JSON object, on one line. */
    public static String of(RunReport report) {
        Map<String, Object> verdict = new LinkedHashMap<>(EventJson.toMap(new VerdictReached(report.verdict())));
        List<Object> checks = new ArrayList<>();
        if (verdict.get("checks") instanceof List<?> briefs) {
            for (int i = 0; i < briefs.size(); i++) {
                checks.add(whole(
                        (Map<?, ?>) briefs.get(i), report.verdict().checks().get(i), report));
            }
        }
        verdict.put("checks", checks);
        verdict.put("diagnosis", diagnosis(report));
        return Json.write(verdict);
    }

    /** With each whether it counts against the run, or is only worth a look: a PASS has some of the second kind at most. */
    private static List<Map<String, Object>> diagnosis(RunReport report) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Diagnosis joined : report.verdict().diagnosis()) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("cause", joined.cause());
            told.put(
                    "findings",
                    joined.findings().stream().map(FindingCode::value).toList());
            told.put("decides", report.verdict().decides(joined));
            all.add(told);
        }
        return all;
    }

    /** Where findings were waived the verdict's brief stands, and the answer only adds what the brief does not say. */
    private static Map<String, Object> whole(Map<?, ?> told, CheckVerdict brief, RunReport report) {
        Map<String, Object> check = new LinkedHashMap<>();
        told.forEach((key, value) -> check.put(String.valueOf(key), value));
        report.wholeOf(brief).ifPresent(answer -> {
            if (CheckSection.isWaived(brief)) {
                dataOf(answer).forEach(check::putIfAbsent);
            } else {
                check.putAll(dataOf(answer));
            }
        });
        return check;
    }

    private static Map<String, Object> dataOf(CheckReport answer) {
        Map<String, Object> data = new LinkedHashMap<>(EventJson.toMap(new CheckCompleted(answer)));
        data.remove("runId");
        data.remove("database");
        return data;
    }
}
