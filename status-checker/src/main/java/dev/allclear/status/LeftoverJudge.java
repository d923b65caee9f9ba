package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.status.Aftermath.Position;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a migration switched off, half did or did not fill, and did not put right: nothing that was so before it. */
final class LeftoverJudge {
    private final Catalog before;
    private final Catalog after;
    private final List<Finding> findings = new ArrayList<>();

    private LeftoverJudge(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    static List<Finding> judge(Catalog before, Catalog after, Aftermath aftermath) {
        LeftoverJudge judge = new LeftoverJudge(before, after);
        judge.triggers();
        judge.partitions();
        judge.tables();
        judge.views();
        aftermath.sequences().forEach(judge::sequence);
        if (aftermath.unasked() > 0) {
            judge.findings.add(LeftoverFindings.sequencesNotAsked(aftermath.unasked()));
        }
        return judge.findings;
    }

    private void triggers() {
        for (CatalogObject trigger : appeared(Kind.TRIGGER, LeftoverJudge::isSilent)) {
            Optional<CatalogObject> old = before.find(Kind.TRIGGER, trigger.name());
            boolean stoodBefore = old.isPresent()
                    || (trigger.is("derived")
                            && before.find(Kind.TABLE, trigger.table()).isPresent());
            findings.add(LeftoverFindings.triggerDisabled(
                    trigger,
                    stoodBefore,
                    old.flatMap(then -> then.trait("fires")).filter("A"::equals).isPresent()));
        }
    }

    private void partitions() {
        appeared(Kind.PARTITION, partition -> partition.is("pending"))
                .forEach(partition -> findings.add(LeftoverFindings.partitionHalfDetached(partition)));
    }

    private void tables() {
        appeared(Kind.TABLE, table -> table.is("unlogged"))
                .forEach(table -> findings.add(LeftoverFindings.tableUnlogged(
                        table, before.find(Kind.TABLE, table.name()).isPresent())));
    }

    private void views() {
        appeared(Kind.VIEW, view -> view.is("empty"))
                .forEach(view -> findings.add(LeftoverFindings.viewUnpopulated(view)));
    }

    private void sequence(Position position) {
        if (position.failure().isPresent()) {
            String why = position.failure().get();
            boolean answerable = position.sequence().is("indexed")
                    && (position.grant().isEmpty() || TouchedSequences.isChanged(before, after, position.sequence()));
            findings.add(LeftoverFindings.sequenceNotCompared(
                    position, why, answerable ? Severity.UNPROVEN : Severity.INFO));
        } else if (gap(position) > 0) {
            findings.add(LeftoverFindings.sequenceBehind(position, stoodBefore(position)));
        }
    }

    /**
     * Whether the sequence may have been behind before: this run did not touch it, and the rows that came are too few to have
     * carried the column past it one by one. Columns that the application fills itself look like that.
     */
    private boolean stoodBefore(Position position) {
        CatalogObject now = position.sequence();
        return !TouchedSequences.isChanged(before, after, now) && gap(position) > TouchedSequences.grownBy(before, now);
    }

    /** How many values the sequence would give that the column has already passed. */
    private static long gap(Position position) {
        if (position.reached().isEmpty()) {
            return 0;
        }
        long ahead = position.reached().getAsLong() - position.next().orElseThrow();
        return 1 + (position.sequence().trait("increment").orElse("").startsWith("-") ? -ahead : ahead);
    }

    /** Those of which something holds now that did not hold before, if what was before is known. */
    private List<CatalogObject> appeared(Kind kind, java.util.function.Predicate<CatalogObject> holds) {
        return before.knows(kind)
                ? after.all(kind).stream()
                        .filter(holds)
                        .filter(now ->
                                before.find(kind, now.name()).filter(holds).isEmpty())
                        .toList()
                : List.of();
    }

    private static boolean isSilent(CatalogObject trigger) {
        return trigger.trait("fires")
                .filter(fires -> fires.equals("D") || fires.equals("R"))
                .isPresent();
    }
}
