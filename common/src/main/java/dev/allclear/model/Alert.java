package dev.allclear.model;

import java.util.List;
import java.util.Map;

/**
 * Something a person should know about a run.
 *
 * @param alertId the same for the same run and cause, however often it is sent
 * @param change what stays the same over retries of a migration; a later PASS of it resolves the alert
 */
public record Alert(
        String alertId,
        RunId run,
        DatabaseName database,
        String change,
        AlertSeverity severity,
        String title,
        String summary,
        List<Finding> findings,
        Map<String, String> links) {
    public Alert {
        findings = List.copyOf(findings);
        links = Map.copyOf(links);
    }
}
