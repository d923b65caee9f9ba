package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogDiff;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Change;
import dev.allclear.status.catalog.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the migration left lying about: only what this run introduced, or skipped over as if it were sound. */
final class DebrisJudge {
    private static final Set<Kind> NO_DEBRIS = EnumSet.of(Kind.COLUMN, Kind.RULE, Kind.EXTENSION);

    /** What queries of an application name. */
    private static final Set<Kind> USED_BY_NAME = EnumSet.of(Kind.TABLE, Kind.VIEW, Kind.COLUMN, Kind.FUNCTION);

    private DebrisJudge() {}

    static List<Finding> judge(Evidence evidence, Aftermath aftermath) {
        List<Finding> findings = new ArrayList<>();
        Catalog now = evidence.catalogNow();
        Optional<Catalog> then = evidence.before().map(Before::catalog);
        Set<String> skipped = evidence.output().skipped();
        for (CatalogObject index : now.all(Kind.INDEX)) {
            if (!index.isInvalidIndex()) {
                continue;
            }
            boolean skippedOver = skipped.contains(index.plainName());
            if (evidence.last().building().contains(index.trait("oid").orElse(""))) {
                if (isWanted(index, then, skippedOver)) {
                    findings.add(DebrisFindings.indexBeingBuilt(index));
                }
                continue;
            }
            Finding finding = invalid(index, now, then, skippedOver);
            findings.add(
                    finding.severity() == Severity.ERROR
                                    && evidence.last().blindness().isPresent()
                            ? DebrisFindings.perhapsBeingBuilt(index)
                            : finding);
        }
        then.ifPresent(earlier -> {
            for (CatalogObject constraint : now.all(Kind.CONSTRAINT)) {
                if (!constraint.is("validated")
                        && earlier.find(Kind.CONSTRAINT, constraint.name())
                                .filter(old -> !old.is("validated"))
                                .isEmpty()) {
                    findings.add(DebrisFindings.constraintNotValidated(constraint));
                }
            }
            for (CatalogObject table : CatalogDiff.rewrittenTables(earlier, now)) {
                if (!evidence.last().ownTables().contains(table.name())) {
                    findings.add(DebrisFindings.tableRewritten(table.name()));
                }
            }
            CatalogDiff.between(earlier, now).stream()
                    .filter(change -> change.way() == Change.Way.REMOVED && USED_BY_NAME.contains(change.kind()))
                    .filter(change -> !evidence.last().ownTables().contains(change.table()))
                    .forEach(gone -> findings.add(DebrisFindings.objectDropped(gone)));
            findings.addAll(LeftoverJudge.judge(earlier, now, aftermath));
            findings.addAll(AccessJudge.judge(aftermath));
            findings.addAll(RowSecurityJudge.judge(earlier, now));
        });
        Set<Kind> unknown = EnumSet.noneOf(Kind.class);
        evidence.before().ifPresent(before -> unknown.addAll(before.notKept()));
        unknown.removeAll(NO_DEBRIS);
        if (!unknown.isEmpty()) {
            findings.add(DebrisFindings.notCompared(unknown));
        }
        return findings;
    }

    /** Not what REINDEX CONCURRENTLY builds beside a sound index, and not what somebody else was building before. */
    private static boolean isWanted(CatalogObject index, Optional<Catalog> then, boolean skippedOver) {
        return skippedOver || (then.isPresent() && !stoodBefore(index, then) && !DebrisFindings.isBesideAnother(index));
    }

    private static boolean stoodBefore(CatalogObject index, Optional<Catalog> then) {
        return then.flatMap(earlier -> earlier.find(Kind.INDEX, index.name()))
                .filter(old -> old.isInvalidIndex() && old.trait("oid").equals(index.trait("oid")))
                .isPresent();
    }

    private static Finding invalid(CatalogObject index, Catalog now, Optional<Catalog> then, boolean skippedOver) {
        boolean stoodBefore = stoodBefore(index, then);
        if (then.isPresent() && !stoodBefore) {
            return DebrisFindings.invalidIndexLeft(index);
        }
        if (skippedOver) {
            boolean soundNamesake = now.all(Kind.INDEX).stream()
                    .anyMatch(other -> other.plainName().equals(index.plainName()) && !other.isInvalidIndex());
            return soundNamesake
                    ? DebrisFindings.invalidIndexPerhapsSkipped(index)
                    : DebrisFindings.invalidIndexSkipped(index, stoodBefore);
        }
        return then.isPresent()
                ? DebrisFindings.invalidIndexOfOld(index)
                : DebrisFindings.invalidIndexOfUnknownAge(index);
    }
}
