package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.status.Aftermath.Position;
import dev.allclear.status.catalog.CatalogObject;

/** What the status check says of tables, triggers and sequences that were not put back as they belong, with the SQL that does. */
final class LeftoverFindings {
    static final FindingCode TRIGGER_DISABLED = new FindingCode("status.trigger-disabled");
    static final FindingCode PARTITION_DETACH_PENDING = new FindingCode("status.partition-detach-pending");
    static final FindingCode TABLE_UNLOGGED = new FindingCode("status.table-unlogged");
    static final FindingCode MATVIEW_UNPOPULATED = new FindingCode("status.matview-unpopulated");
    static final FindingCode SEQUENCE_BEHIND = new FindingCode("status.sequence-behind");

    private LeftoverFindings() {}

    /** @param always whether it fired always before, also on replicas */
    static Finding triggerDisabled(CatalogObject trigger, boolean stoodBefore, boolean always) {
        String constraint = trigger.trait("constraint").orElse("");
        String what = trigger.trait("fires").filter("R"::equals).isPresent()
                ? " fires on replicas only since this run"
                : " is disabled since this run";
        return Finding.of(
                        TRIGGER_DISABLED,
                        stoodBefore ? Severity.ERROR : Severity.WARNING,
                        trigger.name(),
                        "trigger " + trigger.name()
                                + (constraint.isEmpty()
                                        ? what
                                        : ", which keeps constraint " + constraint + "," + what
                                                + ": rows may break the constraint")
                                + (stoodBefore ? "" : ", which made it"))
                .withRemedy("ALTER TABLE " + trigger.trait("on").orElse(trigger.table()) + " ENABLE "
                        + (always ? "ALWAYS " : "") + "TRIGGER "
                        + trigger.trait("sql").orElse(trigger.plainName()) + ";");
    }

    static Finding partitionHalfDetached(CatalogObject partition) {
        return StatusFindings.error(
                        PARTITION_DETACH_PENDING,
                        partition.table(),
                        partition.table() + " is half detached from "
                                + partition.trait("parent").orElse("its parent")
                                + " since this run: DETACH PARTITION CONCURRENTLY did not end, and the parent no longer shows its rows")
                .withRemedy(partition.trait("sql").orElse(""));
    }

    static Finding tableUnlogged(CatalogObject table, boolean stoodBefore) {
        return Finding.of(
                        TABLE_UNLOGGED,
                        stoodBefore ? Severity.ERROR : Severity.WARNING,
                        table.name(),
                        table.name() + " is unlogged since this run" + (stoodBefore ? "" : ", which made it")
                                + ": a crash empties it, and replicas and backups do not have its rows")
                .withRemedy("ALTER TABLE " + table.trait("sql").orElse(table.name()) + " SET LOGGED;");
    }

    static Finding viewUnpopulated(CatalogObject view) {
        return StatusFindings.error(
                        MATVIEW_UNPOPULATED,
                        view.name(),
                        "materialized view " + view.name()
                                + " was never populated since this run: every query of it fails")
                .withRemedy("REFRESH MATERIALIZED VIEW " + view.trait("sql").orElse(view.name()) + ";");
    }

    /** @param perhapsBefore this run need not have done it */
    static Finding sequenceBehind(Position position, boolean perhapsBefore) {
        CatalogObject sequence = position.sequence();
        boolean byOne = sequence.trait("increment").filter("1"::equals).isPresent();
        boolean down = sequence.trait("increment").orElse("").startsWith("-");
        return Finding.of(
                        SEQUENCE_BEHIND,
                        byOne && !perhapsBefore ? Severity.ERROR : Severity.WARNING,
                        sequence.name(),
                        sequence.name() + " gives " + position.next().orElseThrow() + " next, but " + column(sequence)
                                + " already reaches " + position.reached().orElseThrow()
                                + ": inserts will give ids that exist"
                                + (byOne ? "" : " (unless its increment keeps apart who counts what)")
                                + (perhapsBefore
                                        ? "; more is missing than rows came during this run, so it may have been so before, or the application counts for itself"
                                        : ""))
                .withRemedy("SELECT pg_catalog.setval("
                        + dev.allclear.postgres.SqlText.literal(
                                sequence.trait("sql").orElse(sequence.name()))
                        + ", (SELECT " + (down ? "min(" : "max(")
                        + sequence.trait("by").orElse("") + ") FROM "
                        + sequence.trait("on").orElse("") + "));");
    }

    static Finding sequenceNotCompared(Position position, String why, Severity severity) {
        CatalogObject sequence = position.sequence();
        Finding finding = Finding.of(
                SEQUENCE_BEHIND,
                severity,
                sequence.name(),
                "whether " + sequence.name() + " is behind " + column(sequence) + " was not asked: " + why);
        return position.grant().map(finding::withRemedy).orElse(finding);
    }

    static Finding sequencesNotAsked(int number) {
        return Finding.of(
                SEQUENCE_BEHIND,
                Severity.UNPROVEN,
                "",
                StatusFindings.count(number, "more sequence")
                        + " changed, or got rows into their tables, during this run; whether they are behind was not asked, since the budget of this check was used up (databases.NAME.budget.database-time)");
    }

    private static String column(CatalogObject sequence) {
        return sequence.table() + "." + sequence.trait("column").orElse("?");
    }
}
