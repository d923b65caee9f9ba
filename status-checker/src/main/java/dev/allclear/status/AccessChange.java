package dev.allclear.status;

import dev.allclear.status.catalog.Belonging;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.Grant;
import dev.allclear.status.catalog.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands under the same name as before, and has another owner now or has lost grants. */
record AccessChange(Belonging old, Belonging now, Set<Grant> lost) {

    /** A right of a role of which the catalog alone cannot say whether it is gone: the role may have it in another way. */
    record Right(String sort, String oid, Grant grant) {}

    /** Empty where the owners and grants of either side are not known. */
    static List<AccessChange> between(Catalog before, Catalog after) {
        if (!before.knows(Kind.GRANT)) {
            return List.of();
        }
        List<AccessChange> found = new ArrayList<>();
        Map<String, Belonging> earlier = Belonging.of(before);
        Belonging.of(after).forEach((name, now) -> {
            Belonging old = earlier.get(name);
            if (old != null) {
                AccessChange change = new AccessChange(old, now, lost(old, now));
                if (!change.lost().isEmpty() || change.hasOtherOwner()) {
                    found.add(change);
                }
            }
        });
        return found;
    }

    boolean isReplaced() {
        return !old.oid().equals(now.oid());
    }

    boolean hasOtherOwner() {
        return !old.owner().isEmpty() && !old.owner().equals(now.owner()) && !now.followsItsTable();
    }

    /** What must be asked of the database to judge it. */
    List<Right> questions() {
        List<Right> questions = new ArrayList<>();
        lost.forEach(grant -> questions.add(new Right(now.sort(), now.oid(), grant)));
        if (hasOtherOwner()) {
            questions.add(rightOfFormerOwner());
        }
        return questions;
    }

    Right rightOfFormerOwner() {
        return new Right(now.sort(), now.oid(), now.firstRightOfOwner(old.owner()));
    }

    /** The new owner needs no grant. */
    private static Set<Grant> lost(Belonging old, Belonging now) {
        Set<Grant> lost = new HashSet<>(old.grants());
        lost.removeAll(now.grants());
        lost.removeIf(grant -> grant.role().equals(now.owner()));
        return Set.copyOf(lost);
    }
}
