package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Change;
import dev.allclear.status.catalog.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the status check says of debris, with the SQL that removes it. */
final class DebrisFindings {
    private static final Set<FindingCode> CODES = Set.of(
            StatusFindings.INVALID_INDEX,
            StatusFindings.CONSTRAINT_NOT_VALIDATED,
            LeftoverFindings.TRIGGER_DISABLED,
            LeftoverFindings.PARTITION_DETACH_PENDING,
            LeftoverFindings.TABLE_UNLOGGED,
            LeftoverFindings.MATVIEW_UNPOPULATED,
            LeftoverFindings.SEQUENCE_BEHIND,
            AccessFindings.GRANT_LOST,
            AccessFindings.OWNER_CHANGED,
            AccessFindings.ROW_SECURITY_CHANGED);

    /** {@code CHECK on currency #1a2b3c4d}, as the catalog query words it. */
    private static final Pattern COLUMNS =
            Pattern.compile("(?:CHECK|NOT NULL) on (.*?)(?: #[0-9a-f]{8})?(?: NOT ENFORCED)?");

    private DebrisFindings() {}

    /** Whether something was found that should not stay; what could not be asked is none. */
    static boolean isDebris(Finding finding) {
        return CODES.contains(finding.code())
                && finding.severity() != Severity.INFO
                && !(finding.code().equals(LeftoverFindings.SEQUENCE_BEHIND)
                        && finding.severity() == Severity.UNPROVEN);
    }

    static Finding notCompared(Set<Kind> kinds) {
        return StatusFindings.unproven(
                StatusFindings.NO_BASELINE,
                "catalog",
                "the catalog is too large for a baseline: " + words(kinds)
                        + " were not compared; whether this run changed or spoiled them is not known");
    }

    /** {@code columns, functions} */
    static String words(Set<Kind> kinds) {
        return kinds.stream()
                .map(kind -> kind == Kind.INDEX ? "indexes" : kind == Kind.POLICY ? "policies" : kind.word() + "s")
                .collect(Collectors.joining(", "));
    }

    static Finding invalidIndexLeft(CatalogObject index) {
        return mended(
                index,
                StatusFindings.error(
                        StatusFindings.INVALID_INDEX,
                        index.name(),
                        index.name() + " on " + index.table()
                                + " is invalid since this run: queries do not use it, writes may still maintain it"));
    }

    static Finding invalidIndexSkipped(CatalogObject index, boolean stoodBefore) {
        return mended(
                index,
                StatusFindings.error(
                        StatusFindings.INVALID_INDEX,
                        index.name(),
                        "this run skipped over " + index.name() + " on " + index.table()
                                + " because it already existed, but it is invalid"
                                + (stoodBefore ? ", and was before this run" : "")
                                + ": queries do not use it, so the index that the migration wanted is not there"));
    }

    static Finding invalidIndexPerhapsSkipped(CatalogObject index) {
        return mended(
                index,
                StatusFindings.unproven(
                        StatusFindings.INVALID_INDEX,
                        index.name(),
                        "this run skipped over an index named " + index.plainName() + " because it already existed; "
                                + index.name() + " on " + index.table()
                                + " is invalid, its namesake in another schema is not, and the tool's output does not say which was meant"));
    }

    static Finding invalidIndexOfOld(CatalogObject index) {
        return mended(
                index,
                Finding.of(
                        StatusFindings.INVALID_INDEX,
                        Severity.INFO,
                        index.name(),
                        index.name() + " on " + index.table() + " is invalid, and was before this run"));
    }

    static Finding invalidIndexOfUnknownAge(CatalogObject index) {
        return mended(
                index,
                StatusFindings.unproven(
                        StatusFindings.INVALID_INDEX,
                        index.name(),
                        index.name() + " on " + index.table()
                                + " is invalid; without a baseline it is not known whether this run left it"));
    }

    static Finding indexBeingBuilt(CatalogObject index) {
        return StatusFindings.unproven(
                        StatusFindings.INVALID_INDEX,
                        index.name(),
                        index.name() + " on " + index.table()
                                + " is still being built after the command had ended: whether it will be valid is not known yet,"
                                + " and until then queries do not use it")
                .withEvidence("index", index.name())
                .withEvidence("table", index.table());
    }

    /** Whether REINDEX CONCURRENTLY made it, beside the index that it replaces. */
    static boolean isBesideAnother(CatalogObject index) {
        return index.plainName().matches(".*_cc(new|old)[0-9]*");
    }

    static Finding perhapsBeingBuilt(CatalogObject index) {
        return mended(
                index,
                StatusFindings.unproven(
                        StatusFindings.INVALID_INDEX,
                        index.name(),
                        index.name() + " on " + index.table()
                                + " is invalid; whether somebody is building it right now may not be seen"));
    }

    /** Drops it and builds it again, or has the server do so where the statement that made it cannot be known; what REINDEX CONCURRENTLY left beside the sound index is only dropped. */
    private static Finding mended(CatalogObject index, Finding finding) {
        String quoted = index.trait("sql").orElse(index.name());
        String drop = "DROP INDEX CONCURRENTLY " + quoted + ";";
        boolean leftover = isBesideAnother(index);
        String create = index.trait("creation")
                .map(definition ->
                        definition.replaceFirst("^CREATE (UNIQUE )?INDEX ", "CREATE $1INDEX CONCURRENTLY ") + ";")
                .orElse("");
        String rebuild = create.isEmpty() ? "REINDEX INDEX CONCURRENTLY " + quoted + ";" : drop + "\n" + create;
        return finding.withRemedy(leftover ? drop : rebuild)
                .withEvidence("index", index.name())
                .withEvidence("table", index.table());
    }

    static Finding constraintNotValidated(CatalogObject constraint) {
        Finding finding = Finding.of(
                        StatusFindings.CONSTRAINT_NOT_VALIDATED,
                        Severity.WARNING,
                        constraint.name(),
                        constraint.name()
                                + " was added by this run and is not validated: rows from before may break it")
                .withEvidence("table", constraint.table())
                .withEvidence("columns", columnsOf(constraint));
        return constraint.trait("sql").map(finding::withRemedy).orElse(finding);
    }

    /** Of a check or NOT NULL; others do not say them by themselves. */
    private static String columnsOf(CatalogObject constraint) {
        Matcher columns = COLUMNS.matcher(constraint.trait("definition").orElse(""));
        return columns.matches() ? columns.group(1) : "";
    }

    /** The kind is that which the server names when somebody still uses it: of a view it says "relation", as of a table. */
    static Finding objectDropped(Change change) {
        Kind kind = change.kind() == Kind.VIEW ? Kind.TABLE : change.kind();
        return Finding.of(
                        StatusFindings.OBJECT_DROPPED,
                        Severity.INFO,
                        change.object(),
                        change.kind().word() + " " + change.object()
                                + " was there before this run and is not any more: whoever still uses that name fails")
                .withEvidence("kind", kind.word());
    }

    static Finding tableRewritten(String table) {
        return Finding.of(
                StatusFindings.TABLE_REWRITTEN,
                Severity.INFO,
                table,
                table
                        + " was rewritten or truncated during this run: it lives in a new file, and was locked meanwhile");
    }
}
