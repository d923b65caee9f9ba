package dev.allclear.aggregator.alert;

import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prometheus Alertmanager, API v2: an alert is known by its labels, which therefore never change; it counts as over when its
 * {@code endsAt} has passed, which is set a few repetitions ahead while it fires.
 */
record AlertmanagerTarget(String name, Set<Decision> on, URI address, Map<String, String> headers, Duration every)
        implements Target {
    /** So many repetitions may be missed, in a restart or an outage, before Alertmanager takes the alert for over. */
    private static final int REPETITIONS_AHEAD = 4;

    AlertmanagerTarget {
        on = Set.copyOf(on);
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public Post post(Notice notice, Optional<Instant> firingSince, Instant now) {
        Instant start = firingSince.orElse(notice.at());
        return send(List.of(
                notice.state() == Notice.State.RESOLVED
                        ? alert(notice, start.isAfter(now) ? now : start, now)
                        : alert(notice, start, ahead(now))));
    }

    @Override
    public Optional<Duration> resend() {
        return Optional.of(every);
    }

    @Override
    public Post repeat(Collection<Notice> firing, Instant now) {
        return send(firing.stream()
                .map(notice -> alert(notice, notice.at(), ahead(now)))
                .toList());
    }

    private Instant ahead(Instant now) {
        return now.plus(every.multipliedBy(REPETITIONS_AHEAD));
    }

    private Post send(List<Map<String, Object>> alerts) {
        return Post.json(address, alerts, headers);
    }

    private static Map<String, Object> alert(Notice notice, Instant start, Instant end) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("labels", labels(notice));
        alert.put("annotations", annotations(notice));
        alert.put("startsAt", start.toString());
        alert.put("endsAt", end.toString());
        notice.alert().links().values().stream()
                .filter(Addresses::isWebAddress)
                .sorted()
                .findFirst()
                .ifPresent(link -> alert.put("generatorURL", link));
        return alert;
    }

    private static Map<String, String> labels(Notice notice) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", "AllclearMigration");
        labels.put("alert_id", notice.alert().alertId());
        labels.put("service", "allclear");
        labels.put("database", notice.alert().database().value());
        labels.put("migration", notice.alert().run().value());
        labels.put("severity", notice.alert().severity().name().toLowerCase(Locale.ROOT));
        return labels;
    }

    private static Map<String, String> annotations(Notice notice) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", notice.alert().title());
        annotations.put(
                "description",
                notice.alert().findings().stream()
                        .map(Finding::message)
                        .collect(Collectors.joining("\n", notice.alert().summary() + "\n", "")));
        annotations.put("change", notice.alert().change());
        return annotations;
    }
}
