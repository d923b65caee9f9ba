package dev.allclear.status.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What changed between two catalogs, in words. What belongs to a table that came or went as a whole is not told apart; nor is the
 * index of a constraint that came or went, nor a partition's own part of its parent's index. Kinds that either side does not hold
 * are not compared.
 */
public final class CatalogDiff {
    private final Catalog before;
    private final Catalog after;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> wholeTables = new HashSet<>();
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
        for (CatalogObject table : comings(Kind.TABLE)) {
            wholeTables.add(table.name());
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
                tell(old, removal(old));
            } else {
                compare(old, now.get());
            }
        }
        for (CatalogObject now : after.all(kind)) {
            if (before.find(kind, now.name()).isEmpty()) {
                tell(now, creation(now));
            }
        }
    }

    /** A NOT NULL constraint is listed only while it is not validated. */
    private static String removal(CatalogObject old) {
        boolean listedAsNotValidated = old.kind() == Kind.CONSTRAINT
                && old.trait("definition").orElse("").startsWith("NOT NULL ");
        return listedAsNotValidated ? "validated or dropped" : "dropped";
    }

    private static String creation(CatalogObject now) {
        return switch (now.kind()) {
            case COLUMN ->
                "added: " + now.trait("type").orElse("") + (now.is("nullable") ? "" : " not null")
                        + (now.trait("default").isPresent() ? " with a default" : "");
            case INDEX ->
                "created on " + now.table() + (now.isInvalidIndex() ? ", invalid: queries do not use it" : "");
            case CONSTRAINT -> "added: " + now.trait("definition").orElse("");
            case EXTENSION -> "created, version " + now.trait("version").orElse("?");
            case TABLE, VIEW, FUNCTION -> "created";
        };
    }

    private void compare(CatalogObject old, CatalogObject now) {
        switch (now.kind()) {
            case COLUMN -> {
                between(old, now, "type", "type");
                if (old.is("nullable") != now.is("nullable")) {
                    tell(now, now.is("nullable") ? "may now be null" : "is now not null");
                }
                if (!old.trait("default").equals(now.trait("default"))) {
                    tell(now, "default " + verb(old.trait("default"), now.trait("default")));
                }
                if (!old.trait("generated").equals(now.trait("generated"))) {
                    tell(now, "generation " + verb(old.trait("generated"), now.trait("generated")));
                }
            }
            case INDEX -> {
                between(old, now, "definition", "definition");
                if (old.isInvalidIndex() != now.isInvalidIndex()) {
                    tell(now, now.isInvalidIndex() ? "is now invalid: queries do not use it" : "is now valid");
                } else if (!old.trait("oid").equals(now.trait("oid"))
                        && old.trait("definition").equals(now.trait("definition"))) {
                    tell(now, "built anew");
                }
            }
            case CONSTRAINT -> {
                between(old, now, "definition", "definition");
                if (!old.is("validated") && now.is("validated")) {
                    tell(now, "validated");
                }
            }
            case TABLE -> {
                if (!old.trait("oid").equals(now.trait("oid"))) {
                    tell(now, "replaced by another table of the same name");
                } else if (!old.trait("file").equals(now.trait("file"))) {
                    tell(now, "rewritten");
                }
            }
            case EXTENSION -> between(old, now, "version", "version");
            case VIEW, FUNCTION -> {
                if (!old.traits().equals(now.traits())) {
                    tell(now, "definition changed");
                }
            }
        }
    }

    private static String verb(Optional<String> old, Optional<String> now) {
        return old.isEmpty() ? "added" : now.isEmpty() ? "removed" : "changed";
    }

    private void between(CatalogObject old, CatalogObject now, String trait, String word) {
        if (!old.trait(trait).equals(now.trait(trait))) {
            tell(
                    now,
                    word + " " + old.trait(trait).orElse("none") + " → "
                            + now.trait(trait).orElse("none"));
        }
    }

    private void tell(CatalogObject object, String what) {
        boolean toldElsewhere = wholeTables.contains(object.table())
                || object.is("child")
                || (object.kind() == Kind.INDEX
                        && constraintIndexes.contains(object.table() + " " + object.plainName()));
        if (!toldElsewhere || (object.isInvalidIndex() && !wholeTables.contains(object.table()))) {
            String table = object.kind() == Kind.TABLE ? object.name() : object.table();
            changes.add(new Change(
                    object.kind(), object.name(), table, object.kind().word() + " " + object.name() + " " + what));
        }
    }
}
