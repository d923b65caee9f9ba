package dev.allclear.aggregator.alert;

import dev.allclear.aggregator.Samples;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.model.Alert;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts as tests need them. */
final class AlertSamples {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private AlertSamples() {}

    static AlertFiring firing(String run) {
        return new AlertFiring(alert(run, "public.orders: 1,204 rows were missed"), NOON);
    }

    static AlertFiring firing(String run, Instant at) {
        return new AlertFiring(alert(run, "public.orders: 1,204 rows were missed"), at);
    }

    static AlertResolved resolved(String run) {
        return resolved(run, NOON.plusSeconds(60));
    }

    static AlertResolved resolved(String run, Instant at) {
        return new AlertResolved(alert(run, "public.orders: 1,204 rows were missed"), at);
    }

    static Alert alert(String run, String summary) {
        return new Alert(
                "shop/" + run + "/fail",
                new RunId(run),
                Samples.SHOP,
                "shop@12",
                AlertSeverity.CRITICAL,
                "Migration " + run + " of shop: action needed",
                summary,
                List.of(Finding.of(
                        new FindingCode("rows.incomplete-backfill"), Severity.ERROR, "public.orders", summary)),
                Map.of("pipeline", "https://ci.example/run/1"));
    }
}
