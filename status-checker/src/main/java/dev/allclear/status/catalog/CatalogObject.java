package dev.allclear.status.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One object of the catalog.
 *
 * @param name qualified, as written, unquoted: {@code public.orders}, {@code public.orders.total}
 * @param traits what is known of it, by the column names of the query that read it; the table it belongs to is {@code of}
 */
public record CatalogObject(Kind kind, String name, Map<String, String> traits) {
    public CatalogObject {
        traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
    }

    public Optional<String> trait(String trait) {
        return Optional.ofNullable(traits.get(trait));
    }

    public boolean is(String trait) {
        return trait(trait).filter("true"::equals).isPresent();
    }

    /** The table it belongs to; empty for what belongs to none. */
    public String table() {
        return trait("of").orElse("");
    }

    /** Its name without its schema, as PostgreSQL's own messages say it. */
    public String plainName() {
        return trait("plain").orElse(name);
    }

    /** An index that queries do not use. A partitioned table's own index is made of others and may wait for them: a gap, no debris. */
    public boolean isInvalidIndex() {
        return kind == Kind.INDEX
                && !(is("valid") && is("ready"))
                && trait("form").filter("I"::equals).isEmpty();
    }
}
