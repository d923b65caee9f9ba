package dev.allclear.row;

import dev.allclear.event.MigrationDescription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run asks of this check, as declared. */
record Question(List<Map<String, Object>> declared, List<String> tables, boolean dataChanging) {
    static final Question NONE = new Question(List.of(), List.of(), false);

    Question {
        declared = List.copyOf(declared);
        tables = List.copyOf(new LinkedHashSet<>(tables));
    }

    static Question of(MigrationDescription description) {
        return new Question(
                description.expectations(),
                description.tables(),
                description.dataChanging().orElse(false));
    }

    boolean isNone() {
        return declared.isEmpty() && !dataChanging;
    }

    /** Both together: what was declared at the start is asked even if the end does not repeat it. */
    Question and(Question other) {
        List<Map<String, Object>> all = new ArrayList<>(declared);
        Set<Map<String, Object>> known = Set.copyOf(declared);
        other.declared.stream().filter(one -> !known.contains(one)).forEach(all::add);
        List<String> allTables = new ArrayList<>(tables);
        allTables.addAll(other.tables);
        return new Question(all, allTables, dataChanging || other.dataChanging);
    }

    Expectations expectations() {
        return Expectations.parse(declared);
    }
}
