package dev.allclear.status.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Something that has an owner and on which rights can be granted.
 *
 * @param sort as GRANT calls it: TABLE (views too), SEQUENCE, ROUTINE, TYPE, SCHEMA
 * @param grants what others than its owner may do
 */
public record Belonging(String sort, CatalogObject object, Set<Grant> grants) {
    private static final Grant EVERYBODY_EXECUTES = new Grant("EXECUTE", "PUBLIC", "");
    private static final Grant EVERYBODY_USES = new Grant("USAGE", "PUBLIC", "");

    public Belonging {
        grants = Set.copyOf(grants);
    }

    /** All of a catalog, by sort and name: a view that took a table's place has its name. */
    public static Map<String, Belonging> of(Catalog catalog) {
        Map<String, Belonging> all = new LinkedHashMap<>();
        for (Kind kind : CatalogDiff.HOLDERS) {
            for (CatalogObject object : catalog.all(kind)) {
                String name = CatalogDiff.nameOfGrants(object);
                String sort = sort(object);
                all.put(
                        name,
                        new Belonging(
                                sort,
                                object,
                                catalog.find(Kind.GRANT, name).map(Grant::of).orElse(usual(sort))));
            }
        }
        return Collections.unmodifiableMap(all);
    }

    public String owner() {
        return object.trait("owner").orElse("");
    }

    public String oid() {
        return object.trait("oid").orElse("");
    }

    /** Its name as SQL needs it. */
    public String sql() {
        return object.trait("sql").orElse(object.name());
    }

    /** As ALTER … OWNER TO calls it; ALTER TABLE does for every kind of relation. */
    public String alterable() {
        return object.kind() == Kind.TYPE
                        && object.trait("form").filter("d"::equals).isPresent()
                ? "DOMAIN"
                : sort;
    }

    /** A column's own sequence always belongs to whom its table belongs to. */
    public boolean followsItsTable() {
        return sort.equals("SEQUENCE") && !object.table().isEmpty();
    }

    /** The right that an owner most surely had. */
    public Grant firstRightOfOwner(String role) {
        String privilege =
                switch (sort) {
                    case "TABLE" -> "SELECT";
                    case "ROUTINE" -> "EXECUTE";
                    default -> "USAGE";
                };
        return new Grant(privilege, role, "");
    }

    private static String sort(CatalogObject object) {
        String name = CatalogDiff.nameOfGrants(object);
        return name.substring(0, name.indexOf(' ')).toUpperCase(Locale.ROOT);
    }

    private static Set<Grant> usual(String sort) {
        return switch (sort) {
            case "ROUTINE" -> Set.of(EVERYBODY_EXECUTES);
            case "TYPE" -> Set.of(EVERYBODY_USES);
            default -> Set.of();
        };
    }
}
