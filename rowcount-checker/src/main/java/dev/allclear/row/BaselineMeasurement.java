package dev.allclear.row;

import dev.allclear.check.Baseline;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Measures what rows are before a migration: only what will be compared with later. */
final class BaselineMeasurement {
    private static final String CLOCK = """
            -- What time is it in the database? Takes no lock.
            SELECT clock_timestamp() AS now
            """;

    private final Visit visit;
    private final RowCounter counter;

    BaselineMeasurement(Visit visit) {
        this.visit = visit;
        this.counter = new RowCounter(visit);
    }

    Future<Baseline> of(Question question) {
        return counts(question).compose(counted -> footprints(question).compose(footprints -> clock().map(now -> {
            RowBaseline baseline = new RowBaseline(
                    question, counted.counts(), counted.uncounted(), footprints.map(Footprints::byName));
            return new Baseline(baseline.content(), Optional.of(now));
        })));
    }

    private record Counted(Map<String, Long> counts, Map<String, String> uncounted) {}

    private Future<Counted> counts(Question question) {
        List<Expectation> relative = question.expectations().readable().stream()
                .filter(Expectation::needsBefore)
                .toList();
        List<String> names = relative.stream().map(Expectation::table).toList();
        return Catalog.read(visit, names)
                .compose(catalog -> InOrder.forEach(
                        Binding.of(new Expectations(relative, List.of()), catalog)
                                .byTable(),
                        bounds -> counter.count(bounds.get(0).relation(), bounds)))
                .map(lists -> counted(lists.stream().flatMap(List::stream).toList()));
    }

    private static Counted counted(List<Reading> readings) {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, String> uncounted = new TreeMap<>();
        for (Reading reading : readings) {
            String definition = reading.about().definition();
            if (reading instanceof Reading.Exact exact) {
                counts.put(definition, exact.counted());
            } else if (reading instanceof Reading.Silence silence) {
                uncounted.put(definition, String.valueOf(silence.why().getMessage()));
            } else {
                uncounted.put(definition, "row level security hid rows from us");
            }
        }
        return new Counted(counts, uncounted);
    }

    private Future<Optional<Footprints>> footprints(Question question) {
        return question.dataChanging()
                ? ModificationExamination.watched(visit, question)
                : Future.succeededFuture(Optional.empty());
    }

    private Future<Instant> clock() {
        return visit.read(tx -> tx.query(CLOCK)).map(rows -> rows.get(0).instant("now"));
    }
}
