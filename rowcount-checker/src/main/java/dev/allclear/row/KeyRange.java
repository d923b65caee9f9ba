package dev.allclear.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows whose primary key is greater than one and at most another, both as text; an empty end is open. */
record KeyRange(List<Column> key, List<String> after, List<String> upTo) {
    KeyRange {
        key = List.copyOf(key);
        after = List.copyOf(after);
        upTo = List.copyOf(upTo);
    }

    /** The condition, its values appended to the parameters that a statement has already. */
    String sql(List<Object> parameters) {
        List<String> conditions = new ArrayList<>();
        if (!after.isEmpty()) {
            conditions.add(names(key) + " > " + values(after, parameters));
        }
        if (!upTo.isEmpty()) {
            conditions.add(names(key) + " <= " + values(upTo, parameters));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private String values(List<String> values, List<Object> parameters) {
        List<String> placeholders = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parameters.add(values.get(i));
            placeholders.add("$" + parameters.size() + "::text::" + key.get(i).type());
        }
        return "(" + String.join(", ", placeholders) + ")";
    }

    static String names(List<Column> key) {
        return key.stream().map(Column::sql).collect(Collectors.joining(", ", "(", ")"));
    }
}
