package dev.allclear.row;

import dev.allclear.check.Baseline;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.CheckName;
import dev.allclear.model.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The baseline as far as it can be trusted.
 *
 * @param late why it may already hold the migration, and so proves nothing
 */
record UsableBaseline(Optional<RowBaseline> measured, Optional<String> late) implements Before {
    static UsableBaseline of(Optional<Baseline> baseline, MigrationCompleted completed) {
        Optional<Baseline> measured = baseline.filter(one -> !one.isNone());
        return new UsableBaseline(
                measured.map(one -> RowBaseline.of(one.content())),
                measured.flatMap(
                        one -> one.whyTooLate(completed, CheckName.ROWS).or(() -> whyDoubtful(completed))));
    }

    /** Rows keep no time: what the migration had done of them by then cannot be found in the counts. */
    private static Optional<String> whyDoubtful(MigrationCompleted completed) {
        return completed.awaitedBaselines().isEmpty()
                ? Optional.of(
                        "the publisher did not say that it waited for \"before\" (awaitedBaselines), so the migration may have begun by then")
                : Optional.empty();
    }

    private Optional<RowBaseline> trusted() {
        return measured.filter(one -> late.isEmpty());
    }

    @Override
    public Optional<Long> count(String definition) {
        return trusted().flatMap(one -> Optional.ofNullable(one.counts().get(definition)));
    }

    @Override
    public Optional<Boolean> hadRows(Relation relation) {
        return trusted().flatMap(one -> Optional.ofNullable(one.occupied().get(relation.sql())));
    }

    @Override
    public Optional<WriteCounters> counters(List<Relation> relations) {
        return trusted().flatMap(RowBaseline::counters).flatMap(all -> all.of(relations));
    }

    @Override
    public Finding missing(String subject, String says, String definition, Judgement judgement) {
        return late.map(why -> RowFindings.contaminated(subject, why))
                .orElseGet(() -> ExpectationFindings.noBaseline(
                        subject,
                        says,
                        judgement,
                        measured.flatMap(
                                one -> Optional.ofNullable(one.uncounted().get(definition)))));
    }

    Question asked() {
        return measured.map(RowBaseline::asked).orElse(Question.NONE);
    }

    Optional<Map<String, Footprint>> footprints() {
        return trusted().flatMap(RowBaseline::footprints);
    }

    Finding whyNoFootprints() {
        return late.map(why -> RowFindings.contaminated("", why))
                .orElseGet(
                        () -> measured.filter(one -> one.asked().dataChanging()).isPresent()
                                ? RowFindings.tooManyTables()
                                : RowFindings.noBaseline());
    }
}
