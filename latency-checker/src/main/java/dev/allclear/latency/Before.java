package dev.allclear.latency;

import dev.allclear.check.Baseline;
import dev.allclear.codec.Json;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures what "before" is: the configured queries first, then which statements production uses most, and how they are planned. */
final class Before {
    private final LatencySettings settings;
    private final ProbeRound round;

    Before(LatencySettings settings, ProbeRound round) {
        this.settings = settings;
        this.round = round;
    }

    Future<Baseline> baseline() {
        return round.place().compose(place -> {
            long asked = System.nanoTime();
            return snapshot(place)
                    .map(snapshot -> new Baseline(
                            Json.toMap(snapshot), Optional.of(place.clock().plusNanos(System.nanoTime() - asked))));
        });
    }

    private Future<LatencySnapshot> snapshot(ProbeRound.Place place) {
        return round.measure(settings.queries())
                .compose(measured -> chosen(place).compose(chosen -> {
                    List<Probe> probes = new ArrayList<>(measured);
                    probes.addAll(chosen.probes());
                    return round.tables(probes, List.of())
                            .map(tables -> new LatencySnapshot(place.role(), probes, tables, chosen.traffic()));
                }));
    }

    private record Chosen(List<Probe> probes, Traffic traffic) {}

    private Future<Chosen> chosen(ProbeRound.Place place) {
        if (settings.top() == 0) {
            return Future.succeededFuture(new Chosen(List.of(), Traffic.NONE));
        }
        return round.statistics(place)
                .used(settings.queries(), StatementChoice.candidates(settings.top()))
                .compose(used -> new StatementChoice(round, settings.top())
                        .among(used.value())
                        .map(choice -> new Chosen(choice.probes(), new Traffic(choice.watched(), used.gap()))));
    }
}
