package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Finding;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a finding speaks of an object, by its name as a whole word, with or without the schema. */
final class Names {
    private static final Set<String> TABLE_KEYS = Set.of("table", "relation");

    private Names() {}

    static boolean mentions(Finding finding, String object) {
        String name = bare(object);
        if (name.isBlank()) {
            return false;
        }
        Pattern word = Pattern.compile("(?<![\\p{L}\\p{N}_$])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])");
        return word.matcher(textOf(finding)).find();
    }

    /** Whether the finding speaks of the table that the other one gives as its evidence. */
    static boolean mentionsTableOf(Finding finding, Finding other) {
        return TABLE_KEYS.stream()
                .map(key -> other.evidence().get(key))
                .anyMatch(table -> table instanceof String name && mentions(finding, name));
    }

    /** Whether a name such as {@code orders.total} is that of this column of this table, which has its schema before it. */
    static boolean isColumn(String name, String table, String column) {
        String said = plain(name);
        String meant = plain(table + "." + column);
        return said.contains(".") && (meant.equals(said) || meant.endsWith("." + said));
    }

    private static String plain(String name) {
        return name.replace("\"", "").toLowerCase(Locale.ROOT).strip();
    }

    private static String bare(String object) {
        String unquoted = plain(object);
        return unquoted.substring(unquoted.lastIndexOf('.') + 1);
    }

    private static String textOf(Finding finding) {
        return (finding.subject() + " " + finding.message() + " "
                        + finding.remedy().orElse("") + " " + finding.evidence().values())
                .toLowerCase(Locale.ROOT);
    }
}
