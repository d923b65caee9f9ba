package dev.allclear.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What rows were before, as it is kept between {@code started} and {@code completed}.
 *
 * @param asked what {@code started} declared; {@code completed} may not repeat it
 * @param counts by {@link Bound#definition()}
 * @param uncounted why there is no count, by definition
 * @param occupied whether a table had rows, by quoted table name
 * @param counters how much anyone had written into the tables whose totals will be compared
 * @param footprints by quoted table name; empty when there were too many tables, or nothing was to be watched
 */
record RowBaseline(
        Question asked,
        Map<String, Long> counts,
        Map<String, String> uncounted,
        Map<String, Boolean> occupied,
        Optional<WriteCounters> counters,
        Optional<Map<String, Footprint>> footprints) {
    RowBaseline {
        counts = Map.copyOf(counts);
        uncounted = Map.copyOf(uncounted);
        occupied = Map.copyOf(occupied);
        footprints = footprints.map(Map::copyOf);
    }

    Map<String, Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("expectations", asked.declared());
        content.put("tables", asked.tables());
        content.put("dataChanging", asked.dataChanging());
        content.put("counts", new TreeMap<>(counts));
        content.put("uncounted", new TreeMap<>(uncounted));
        content.put("occupied", new TreeMap<>(occupied));
        counters.ifPresent(present -> content.put("counters", present.content()));
        footprints.ifPresent(present -> {
            Map<String, Object> all = new TreeMap<>();
            present.forEach((name, footprint) -> all.put(name, footprint.content()));
            content.put("footprints", all);
        });
        return content;
    }

    static RowBaseline of(Map<String, Object> content) {
        List<Map<String, Object>> declared = new ArrayList<>();
        if (content.get("expectations") instanceof List<?> list) {
            list.forEach(item -> declared.add(textKeys(item)));
        }
        List<String> tables = content.get("tables") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        Map<String, Long> counts = new TreeMap<>();
        textKeys(content.get("counts")).forEach((key, value) -> {
            if (value instanceof Number number) {
                counts.put(key, number.longValue());
            }
        });
        Map<String, String> uncounted = new TreeMap<>();
        textKeys(content.get("uncounted")).forEach((key, value) -> uncounted.put(key, String.valueOf(value)));
        Optional<Map<String, Footprint>> footprints = Optional.empty();
        if (content.containsKey("footprints")) {
            Map<String, Footprint> all = new TreeMap<>();
            textKeys(content.get("footprints")).forEach((key, value) -> all.put(key, Footprint.of(textKeys(value))));
            footprints = Optional.of(all);
        }
        Map<String, Boolean> occupied = new TreeMap<>();
        textKeys(content.get("occupied")).forEach((key, value) -> occupied.put(key, Boolean.TRUE.equals(value)));
        Optional<WriteCounters> counters = content.containsKey("counters")
                ? Optional.of(WriteCounters.of(textKeys(content.get("counters"))))
                : Optional.empty();
        Question asked = new Question(declared, tables, Boolean.TRUE.equals(content.get("dataChanging")));
        return new RowBaseline(asked, counts, uncounted, occupied, counters, footprints);
    }

    private static Map<String, Object> textKeys(@Nullable Object value) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> out.put(String.valueOf(key), item));
        }
        return out;
    }
}
