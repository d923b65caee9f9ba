package dev.allclear.status;

import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Columns' own sequences that this run may have left behind their column.
 *
 * @param changed made, restarted, altered, given to another column, or their table was replaced
 * @param grown only rows were inserted into their table, by whomever
 */
record TouchedSequences(List<CatalogObject> changed, List<CatalogObject> grown) {
    TouchedSequences {
        changed = List.copyOf(changed);
        grown = List.copyOf(grown);
    }

    static TouchedSequences between(Catalog before, Catalog after) {
        List<CatalogObject> changed = new ArrayList<>();
        List<CatalogObject> grown = new ArrayList<>();
        if (before.knows(Kind.SEQUENCE)) {
            for (CatalogObject now : after.all(Kind.SEQUENCE)) {
                if (now.table().isEmpty() || now.is("cycle")) {
                    continue;
                }
                if (isChanged(before, after, now)) {
                    changed.add(now);
                } else if (grownBy(before, now) != 0) {
                    grown.add(now);
                }
            }
        }
        return new TouchedSequences(changed, grown);
    }

    static boolean isChanged(Catalog before, Catalog after, CatalogObject now) {
        Optional<CatalogObject> old = before.find(Kind.SEQUENCE, now.name());
        return old.isEmpty()
                || differs(old.get(), now, "oid", "file", "definition", "of", "column")
                || isReplaced(before, after, now.table());
    }

    /** How many rows came into the sequence's table; all there ever were when the statistics were reset. */
    static long grownBy(Catalog before, CatalogObject now) {
        long rows = filled(now);
        long grown = rows
                - before.find(Kind.SEQUENCE, now.name())
                        .map(TouchedSequences::filled)
                        .orElse(0L);
        return grown < 0 ? rows : grown;
    }

    private static long filled(CatalogObject sequence) {
        return Long.parseLong(sequence.trait("filled").orElse("0"));
    }

    private static boolean differs(CatalogObject old, CatalogObject now, String... traits) {
        for (String trait : traits) {
            if (!old.trait(trait).equals(now.trait(trait))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReplaced(Catalog before, Catalog after, String table) {
        return !before.find(Kind.TABLE, table)
                .flatMap(old -> old.trait("oid"))
                .equals(after.find(Kind.TABLE, table).flatMap(now -> now.trait("oid")));
    }
}
