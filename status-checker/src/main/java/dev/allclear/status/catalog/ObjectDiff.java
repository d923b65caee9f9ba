package dev.allclear.status.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What changed in one object that stands on both sides, in words. */
final class ObjectDiff {
    private final CatalogObject old;
    private final CatalogObject now;
    private final List<String> told = new ArrayList<>();

    private ObjectDiff(CatalogObject old, CatalogObject now) {
        this.old = old;
        this.now = now;
    }

    static List<String> between(CatalogObject old, CatalogObject now) {
        ObjectDiff diff = new ObjectDiff(old, now);
        diff.compare();
        return diff.told;
    }

    private void compare() {
        switch (now.kind()) {
            case COLUMN -> column();
            case INDEX -> index();
            case TABLE -> table();
            case CONSTRAINT -> {
                fromTo("definition", "definition");
                becomes(!old.is("validated") && now.is("validated"), "validated");
            }
            case SEQUENCE -> sequence();
            case VIEW -> {
                becomes(isReplaced(), "replaced by another view of the same name");
                becomes(!isReplaced() && differs("definition"), "definition changed");
                toggled("empty", "is now not populated", "is now populated");
                fromTo("owner", "owner");
            }
            case TRIGGER -> {
                becomes(
                        differs("fires"),
                        "is now " + Words.firing(now.trait("fires").orElse("O")));
                fromTo("function", "function");
                becomes(differs("definition"), "definition changed");
            }
            case POLICY -> {
                fromTo("for", "for");
                fromTo("to", "to");
                toggled("permissive", "is now permissive", "is now restrictive");
                becomes(differs("definition"), "definition changed");
            }
            case FUNCTION -> {
                becomes(differs("definition"), "definition changed");
                becomes(isReplaced() && !differs("definition"), "created anew");
                fromTo("owner", "owner");
            }
            case TYPE -> {
                fromTo("definition", "definition");
                fromTo("owner", "owner");
            }
            case SCHEMA -> fromTo("owner", "owner");
            case PARTITION -> toggled("pending", "is now half detached", "is no longer half detached");
            case RULE -> becomes(differs("definition"), "definition changed");
            case EXTENSION -> fromTo("version", "version");
            case GRANT -> grants();
        }
    }

    private void column() {
        fromTo("type", "type");
        toggled("nullable", "may now be null", "is now not null");
        addedOrRemoved("default", "default");
        addedOrRemoved("generated", "generation");
    }

    private void index() {
        fromTo("definition", "definition");
        if (old.isInvalidIndex() != now.isInvalidIndex()) {
            told.add(now.isInvalidIndex() ? "is now invalid: queries do not use it" : "is now valid");
        } else {
            becomes(isReplaced() && !differs("definition"), "built anew");
        }
    }

    private void table() {
        becomes(isReplaced(), "replaced by another table of the same name");
        becomes(!isReplaced() && differs("file"), "rewritten");
        toggled("unlogged", "is now unlogged", "is now logged");
        fromTo("owner", "owner");
        toggled("guarded", "row security enabled", "row security disabled");
        toggled("forced", "row security forced on its owner", "row security no longer forced on its owner");
    }

    private void sequence() {
        becomes(isReplaced(), "replaced by another sequence of the same name");
        fromTo("definition", "definition");
        becomes(!isReplaced() && !differs("definition") && differs("file"), "restarted");
        becomes(
                differs("of") || differs("column"),
                "now belongs to "
                        + now.trait("column")
                                .map(column -> now.table() + "." + column)
                                .orElse("no column"));
        fromTo("owner", "owner");
    }

    private void grants() {
        Set<Grant> gone = new HashSet<>(Grant.of(old));
        gone.removeAll(Grant.of(now));
        Set<Grant> come = new HashSet<>(Grant.of(now));
        come.removeAll(Grant.of(old));
        becomes(!gone.isEmpty(), "lost: " + Grant.list(gone));
        becomes(!come.isEmpty(), "given: " + Grant.list(come));
    }

    private boolean isReplaced() {
        return differs("oid");
    }

    private boolean differs(String trait) {
        return !old.trait(trait).equals(now.trait(trait));
    }

    private void becomes(boolean happened, String sentence) {
        if (happened) {
            told.add(sentence);
        }
    }

    private void toggled(String flag, String on, String off) {
        if (old.is(flag) != now.is(flag)) {
            told.add(now.is(flag) ? on : off);
        }
    }

    private void fromTo(String trait, String word) {
        if (differs(trait)) {
            told.add(word + " " + old.trait(trait).orElse("none") + " → "
                    + now.trait(trait).orElse("none"));
        }
    }

    private void addedOrRemoved(String trait, String word) {
        if (differs(trait)) {
            Optional<String> was = old.trait(trait);
            told.add(word + " " + (was.isEmpty() ? "added" : now.trait(trait).isEmpty() ? "removed" : "changed"));
        }
    }
}
