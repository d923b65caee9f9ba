package dev.allclear.status;

import dev.allclear.status.AccessChange.Right;
import dev.allclear.status.catalog.CatalogObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What was asked of the database once it was known what this run had changed.
 *
 * @param access what has another owner or has lost grants
 * @param held rights that their role has all the same
 * @param pointless rights whose role or column is gone
 * @param sequences where the sequences stand that this run touched, or whose tables grew
 * @param unasked how many more of them there are, for which the budget did not last
 */
record Aftermath(
        List<AccessChange> access, Set<Right> held, Set<Right> pointless, List<Position> sequences, int unasked) {
    static final Aftermath UNKNOWN = new Aftermath(List.of(), Set.of(), Set.of(), List.of(), 0);

    Aftermath {
        access = List.copyOf(access);
        held = Set.copyOf(held);
        pointless = Set.copyOf(pointless);
        sequences = List.copyOf(sequences);
    }

    /**
     * Where a sequence stands, against what its column holds.
     *
     * @param next the value that it gives next; empty when it could not be read
     * @param reached the outermost value of the column in the sequence's direction; empty when the table is empty
     * @param failure why it could not be read
     * @param grant the GRANT that is missing to read it
     */
    record Position(
            CatalogObject sequence,
            OptionalLong next,
            OptionalLong reached,
            Optional<String> failure,
            Optional<String> grant) {}
}
