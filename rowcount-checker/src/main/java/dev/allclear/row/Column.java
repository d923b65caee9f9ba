package dev.allclear.row;

import dev.allclear.postgres.SqlText;
import java.util.Set;

/**
 * A column as the catalog has it.
 *
 * @param type its type as SQL text, of a domain the one that it is over, without length or precision, so that casting to it never
 *     cuts or rounds
 * @param nullable false only where a validated constraint forbids null in every row
 * @param enumerated whether its values are labels of an enum
 */
record Column(String name, String type, boolean nullable, boolean enumerated) {
    private static final Set<String> HARMLESS_AS_KEYS = Set.of("smallint", "integer", "bigint", "uuid");

    String sql() {
        return SqlText.identifier(name);
    }

    /** Whether a key of this type says nothing about a person: an e-mail address can be a key, a number or uuid cannot be one. */
    boolean isHarmlessAsKey() {
        return HARMLESS_AS_KEYS.contains(type);
    }
}
