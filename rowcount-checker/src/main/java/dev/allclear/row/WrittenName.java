package dev.allclear.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's name as a stranger wrote it, and everything it may mean. It is compared, never executed. Compared in full: the server
 * would cut names at 63 bytes, and two long names would collide.
 */
record WrittenName(String text) {
    /** Two quoted names of 63 characters, each of them a doubled quote, and a dot. */
    static final int LONGEST = 257;

    private static final Pattern SQL_PART =
            Pattern.compile("\\G(?:\"((?:[^\"]|\"\")+)\"|([\\p{L}_][\\p{L}\\p{N}_$]*))(\\.|$)");

    /** One reading of the name; without a schema it may be in any. */
    record Meaning(Optional<String> schema, String name) {
        boolean fits(String actualSchema, String actualName) {
            return actualName.equals(name) && schema.map(actualSchema::equals).orElse(true);
        }
    }

    /** The name as the catalog may have it literally: {@code Sales.Order Lines}, or a dot within a name. */
    List<Meaning> asWritten() {
        if (!isPossible()) {
            return List.of();
        }
        List<Meaning> meanings = new ArrayList<>(List.of(new Meaning(Optional.empty(), text)));
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            if (dot > 0 && dot < text.length() - 1) {
                meanings.add(new Meaning(Optional.of(text.substring(0, dot)), text.substring(dot + 1)));
            }
        }
        return meanings;
    }

    /** The name as SQL would read it: {@code "Orders"}, {@code Public.Orders}; empty when it is no SQL name. */
    List<Meaning> asSql() {
        List<String> parts = sqlParts();
        return switch (parts.size()) {
            case 1 -> List.of(new Meaning(Optional.empty(), parts.get(0)));
            case 2 -> List.of(new Meaning(Optional.of(parts.get(0)), parts.get(1)));
            default -> List.of();
        };
    }

    Optional<String> soleSqlPart() {
        List<String> parts = sqlParts();
        return parts.size() == 1 ? Optional.of(parts.get(0)) : Optional.empty();
    }

    private List<String> sqlParts() {
        if (!isPossible()) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        Matcher matcher = SQL_PART.matcher(text);
        int end = 0;
        boolean closed = false;
        while (!closed && matcher.find()) {
            String quoted = matcher.group(1);
            parts.add(quoted != null ? quoted.replace("\"\"", "\"") : folded(matcher.group(2)));
            end = matcher.end();
            closed = matcher.group(3).isEmpty();
        }
        return closed && end == text.length() ? parts : List.of();
    }

    /** PostgreSQL folds ASCII letters only, in a UTF-8 database. */
    private static String folded(String part) {
        StringBuilder out = new StringBuilder(part.length());
        part.chars().forEach(c -> out.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return out.toString();
    }

    private boolean isPossible() {
        return !text.isEmpty() && text.length() <= LONGEST && text.indexOf('\0') < 0;
    }
}
