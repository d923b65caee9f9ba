package dev.allclear.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a schema changes against a released one beyond adding optional properties. Descriptions do not count; everything else does:
 * a field more that is required breaks publishers, one less that is required breaks readers, and so does a value more in an enum.
 */
final class SchemaChange {
    private static final Set<String> WORDS = Set.of("description", "title", "$comment", "examples");

    private final List<String> broken = new ArrayList<>();

    private SchemaChange() {}

    static List<String> between(Map<String, Object> released, Map<String, Object> now) {
        SchemaChange change = new SchemaChange();
        change.compare(released, now, "", false);
        return change.broken;
    }

    private void compare(Map<?, ?> released, Map<?, ?> now, String path, boolean mayGrow) {
        Set<Object> keys = new TreeSet<>(released.keySet());
        keys.addAll(now.keySet());
        if (!mayGrow) {
            keys.removeAll(WORDS);
        }
        for (Object key : keys) {
            String at = path + "/" + key;
            Object before = released.get(key);
            Object after = now.get(key);
            if (before == null && mayGrow) {
                continue;
            }
            if (before instanceof Map<?, ?> was && after instanceof Map<?, ?> is) {
                boolean names = key.equals("properties") || key.equals("$defs");
                compare(was, is, at, names && !mayGrow);
            } else if (before == null || !before.equals(after)) {
                broken.add(at + ": " + before + " became " + after);
            }
        }
    }
}
