package dev.allclear.status.catalog;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One difference between two catalogs.
 *
 * @param object the object's qualified name
 * @param table the table it belongs to, or is; empty where there is none
 * @param way whether it came, went or is another now
 * @param what a sentence: {@code index public.orders_customer_idx dropped}
 */
public record Change(Kind kind, String object, String table, Way way, String what) {
    /** What became of an object. */
    public enum Way {
        ADDED,
        REMOVED,
        ALTERED
    }

    /** Whether the object only lives in a new file, as after TRUNCATE, which applications execute too. */
    public boolean isOnlyNewFile() {
        return what.endsWith(" " + ObjectDiff.REWRITTEN) || what.endsWith(" " + ObjectDiff.RESTARTED);
    }

    /** As it stands in a report's measurements. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", kind.word());
        map.put("object", object);
        map.put("table", table);
        map.put("way", way.name().toLowerCase(Locale.ROOT));
        map.put("what", what);
        return map;
    }
}
