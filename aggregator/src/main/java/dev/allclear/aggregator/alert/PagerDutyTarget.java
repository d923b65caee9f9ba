package dev.allclear.aggregator.alert;

import dev.allclear.config.Secret;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PagerDuty, Events API v2: the alert's id is the {@code dedup_key}; a PASS is a change event, which wakes nobody. */
record PagerDutyTarget(String name, Set<Decision> on, URI enqueue, URI change, Secret routingKey) implements Target {
    private static final int LONGEST_SUMMARY = 1_024;

    PagerDutyTarget {
        on = Set.copyOf(on);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public Post post(Notice notice, Optional<Instant> firingSince, Instant now) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", routingKey.reveal());
        if (notice.state() != Notice.State.PASSED) {
            event.put("event_action", notice.state() == Notice.State.FIRING ? "trigger" : "resolve");
            event.put("dedup_key", notice.alert().alertId());
            event.put("client", "Allclear");
        }
        event.put("payload", payload(notice));
        List<Map<String, String>> links = notice.alert().links().entrySet().stream()
                .filter(link -> Addresses.isWebAddress(link.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .map(link -> Map.of("href", link.getValue(), "text", link.getKey()))
                .toList();
        if (!links.isEmpty()) {
            event.put("links", links);
        }
        return Post.json(notice.state() == Notice.State.PASSED ? change : enqueue, event, Map.of());
    }

    private static Map<String, Object> payload(Notice notice) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put(
                "summary",
                SafeText.line(notice.alert().title() + " – " + notice.alert().summary(), LONGEST_SUMMARY));
        payload.put("source", notice.alert().database().value());
        payload.put("timestamp", notice.at().toString());
        if (notice.state() != Notice.State.PASSED) {
            payload.put("severity", severity(notice.alert().severity()));
            payload.put("component", notice.alert().database().value());
            payload.put("group", "allclear");
            notice.alert().findings().stream()
                    .findFirst()
                    .ifPresent(finding -> payload.put("class", finding.code().value()));
        }
        payload.put("custom_details", details(notice));
        return payload;
    }

    private static Map<String, Object> details(Notice notice) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("event_id", notice.eventId());
        details.put("run", notice.alert().run().value());
        details.put("change", notice.alert().change());
        details.put("decision", notice.decision().name());
        details.put(
                "findings",
                notice.alert().findings().stream().map(PagerDutyTarget::line).toList());
        if (!notice.answers().isEmpty()) {
            details.put("answers", notice.answers());
        }
        return details;
    }

    private static String line(Finding finding) {
        return finding.code() + ": " + finding.message();
    }

    private static String severity(AlertSeverity severity) {
        return switch (severity) {
            case CRITICAL -> "critical";
            case WARNING -> "warning";
        };
    }
}
