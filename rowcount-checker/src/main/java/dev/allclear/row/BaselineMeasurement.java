package dev.allclear.row;

import dev.allclear.check.Baseline;
import dev.allclear.postgres.DatabaseFailure;
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

    private final Errand errand;
    private final Visit visit;

    BaselineMeasurement(Errand errand) {
        this.errand = errand;
        this.visit = errand.visit();
    }

    Future<Baseline> of(Question question) {
        Expectations expectations = question.expectations();
        return Catalog.read(visit, expectations.tables()).compose(catalog -> {
            Binding binding = Binding.of(expectations, catalog);
            Counts counts = new Counts();
            // Counters first: whatever is written while it is counted belongs to the time after.
            return counters(binding).compose(counters -> counted(binding, counts)
                    .compose(done -> occupied(binding))
                    .compose(occupied -> footprints(question).compose(footprints -> clock().map(now -> {
                        RowBaseline baseline = new RowBaseline(
                                question,
                                counts.known,
                                counts.unknown,
                                occupied,
                                counters,
                                footprints.map(Footprints::byName));
                        return new Baseline(baseline.content(), Optional.of(now));
                    }))));
        });
    }

    private static final class Counts {
        final Map<String, Long> known = new TreeMap<>();
        final Map<String, String> unknown = new TreeMap<>();

        void take(Reading reading) {
            String definition = reading.about().definition();
            if (reading instanceof Reading.Exact exact && exact.drift() == 0) {
                known.put(definition, exact.counted());
            } else if (reading instanceof Reading.Exact) {
                unknown.put(definition, "others wrote the table while it was counted in chunks");
            } else if (reading instanceof Reading.Silence silence) {
                unknown.put(definition, String.valueOf(silence.why().getMessage()));
            } else {
                unknown.put(definition, "row level security hid rows from us");
            }
        }

        void take(BoundSum sum, SumCounter.Sum counted) {
            counted.total().ifPresent(total -> known.put(sum.definition(), total));
            if (counted.total().isEmpty()) {
                unknown.put(
                        sum.definition(),
                        counted.why()
                                .map(why -> String.valueOf(why.getMessage()))
                                .orElse("row level security hid rows from us"));
            }
        }
    }

    private Future<Optional<WriteCounters>> counters(Binding binding) {
        List<Relation> relations = binding.comparedWithBefore();
        return relations.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : WriteCounters.read(visit, relations).map(Optional::of);
    }

    private Future<Void> counted(Binding binding, Counts counts) {
        RowCounter counter = new RowCounter(errand);
        SumCounter sums = new SumCounter(errand);
        return InOrder.forEach(binding.byTable(), bounds -> {
                    List<Bound> relative = bounds.stream()
                            .filter(bound -> bound.expectation().needsBefore())
                            .toList();
                    return relative.isEmpty()
                            ? Future.succeededFuture(List.<Reading>of())
                            : counter.count(relative.get(0).relation(), relative);
                })
                .compose(lists -> {
                    lists.forEach(list -> list.forEach(counts::take));
                    return InOrder.forEach(
                            binding.sums(), sum -> sums.count(sum.from()).map(counted -> {
                                counts.take(sum, counted);
                                return counted;
                            }));
                })
                .mapEmpty();
    }

    /** Which tables have rows, for expectations that prove nothing about a table without any. */
    private Future<Map<String, Boolean>> occupied(Binding binding) {
        Map<String, Boolean> occupied = new TreeMap<>();
        List<Relation> relations = binding.bounds().stream()
                .map(Bound::relation)
                .filter(relation -> relation.readable() && !relation.filtered())
                .distinct()
                .toList();
        return InOrder.forEach(relations, relation -> visit.read(tx -> tx.query(RowCounter.anyRow(relation)))
                        .map(rows -> occupied.put(relation.sql(), rows.get(0).flag("any")))
                        .recover(cause -> cause instanceof DatabaseFailure
                                ? Future.succeededFuture()
                                : Future.failedFuture(cause)))
                .map(done -> occupied);
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
