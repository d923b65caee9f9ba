package dev.allclear.status.catalog;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What changed between two catalogs, in words. What belongs to a table that came or went as a whole is not told apart; nor are the
 * grants of what came or went, the index of a constraint that came or went, or a partition's own part of its parent's index. Kinds
 * that either side does not hold are not compared.
 */
public final class CatalogDiff {
    static final Set<Kind> HOLDERS =
            EnumSet.of(Kind.SCHEMA, Kind.TYPE, Kind.TABLE, Kind.SEQUENCE, Kind.VIEW, Kind.FUNCTION);

    private final Catalog before;
    private final Catalog after;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> whole = new HashSet<>();
    private final Set<String> constraintIndexes = new HashSet<>();

    private CatalogDiff(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    public static List<Change> between(Catalog before, Catalog after) {
        CatalogDiff diff = new CatalogDiff(before, after);
        diff.noteWhatIsToldOnce();
        for (Kind kind : Kind.values()) {
            if (before.knows(kind) && after.knows(kind)) {
                diff.compare(kind);
            }
        }
        return List.copyOf(diff.changes);
    }

    /** Tables of both sides whose file changed while they stayed the same table: rewritten, or truncated. */
    public static List<CatalogObject> rewrittenTables(Catalog before, Catalog after) {
        return after.all(Kind.TABLE).stream()
                .filter(table -> before.find(Kind.TABLE, table.name())
                        .filter(old -> old.trait("oid").equals(table.trait("oid"))
                                && !old.trait("file").equals(table.trait("file")))
                        .isPresent())
                .toList();
    }

    private void noteWhatIsToldOnce() {
        comings(Kind.TABLE).forEach(table -> whole.add(table.name()));
        comings(Kind.VIEW).forEach(view -> whole.add(view.name()));
        for (Kind kind : HOLDERS) {
            comings(kind).forEach(holder -> whole.add(nameOfGrants(holder)));
        }
        for (CatalogObject constraint : comings(Kind.CONSTRAINT)) {
            constraintIndexes.add(constraint.table() + " " + constraint.plainName());
        }
    }

    /** What only one side has. */
    private List<CatalogObject> comings(Kind kind) {
        List<CatalogObject> found = new ArrayList<>();
        if (before.knows(kind) && after.knows(kind)) {
            before.all(kind).stream()
                    .filter(old -> after.find(kind, old.name()).isEmpty())
                    .forEach(found::add);
            after.all(kind).stream()
                    .filter(now -> before.find(kind, now.name()).isEmpty())
                    .forEach(found::add);
        }
        return found;
    }

    private void compare(Kind kind) {
        for (CatalogObject old : before.all(kind)) {
            Optional<CatalogObject> now = after.find(kind, old.name());
            if (now.isEmpty()) {
                tell(old, Change.Way.REMOVED, Words.removal(old));
            } else {
                ObjectDiff.between(old, now.get()).forEach(what -> tell(now.get(), Change.Way.ALTERED, what));
            }
        }
        for (CatalogObject now : after.all(kind)) {
            if (before.find(kind, now.name()).isEmpty()) {
                tell(now, Change.Way.ADDED, Words.creation(now));
            }
        }
    }

    private void tell(CatalogObject object, Change.Way way, String what) {
        boolean toldElsewhere = whole.contains(object.table())
                || (object.kind() == Kind.GRANT && whole.contains(object.name()))
                || object.is("child")
                || (object.kind() == Kind.INDEX
                        && constraintIndexes.contains(object.table() + " " + object.plainName()));
        if (!toldElsewhere || (object.isInvalidIndex() && !whole.contains(object.table()))) {
            String table = object.kind() == Kind.TABLE ? object.name() : object.table();
            String word =
                    object.kind() == Kind.GRANT ? "grants on" : object.kind().word();
            changes.add(new Change(object.kind(), object.name(), table, way, word + " " + object.name() + " " + what));
        }
    }

    /** How the grants of an object are called, as the query does: {@code table public.orders}. */
    static String nameOfGrants(CatalogObject holder) {
        String word =
                switch (holder.kind()) {
                    case TABLE, VIEW -> "table ";
                    case FUNCTION -> "routine ";
                    case SEQUENCE -> "sequence ";
                    case SCHEMA -> "schema ";
                    case TYPE -> "type ";
                    case EXTENSION, PARTITION, COLUMN, INDEX, CONSTRAINT, TRIGGER, RULE, POLICY, GRANT ->
                        throw new IllegalArgumentException(holder.kind() + " has no grants");
                };
        return word + holder.name();
    }
}
