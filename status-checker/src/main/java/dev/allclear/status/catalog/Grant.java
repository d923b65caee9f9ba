package dev.allclear.status.catalog;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One right of one role on some object; whether it may be passed on is not known.
 *
 * @param role quoted where SQL needs it; PUBLIC for all
 * @param column quoted where SQL needs it; empty for the whole object
 */
public record Grant(String privilege, String role, String column) {
    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::role).thenComparing(Grant::privilege).thenComparing(Grant::column);

    /** Reads the trait {@code rights} of a {@link Kind#GRANT}. */
    public static Set<Grant> of(CatalogObject grants) {
        Set<Grant> all = new HashSet<>();
        for (String line : grants.trait("rights").orElse("").lines().toList()) {
            String[] parts = line.split("\t", 3);
            if (parts.length == 3) {
                for (String privilege : parts[0].split(",", -1)) {
                    all.add(new Grant(privilege, parts[1], parts[2]));
                }
            }
        }
        return all;
    }

    /** {@code SELECT (total)} */
    public String right() {
        return column.isEmpty() ? privilege : privilege + " (" + column + ")";
    }

    /** {@code INSERT, SELECT of app; SELECT of reader}, in a fixed order. */
    public static String list(Set<Grant> grants) {
        return grants.stream()
                .map(Grant::role)
                .distinct()
                .sorted()
                .map(role -> rights(grants, role) + " of " + role)
                .collect(Collectors.joining("; "));
    }

    /** The statements that give them again. */
    public static String statements(Set<Grant> grants, String on) {
        return grants.stream()
                .map(Grant::role)
                .distinct()
                .sorted()
                .map(role -> "GRANT " + rights(grants, role) + " ON " + on + " TO " + role + ";")
                .collect(Collectors.joining("\n"));
    }

    private static String rights(Set<Grant> grants, String role) {
        return grants.stream()
                .filter(grant -> grant.role().equals(role))
                .sorted(ORDER)
                .map(Grant::right)
                .collect(Collectors.joining(", "));
    }
}
