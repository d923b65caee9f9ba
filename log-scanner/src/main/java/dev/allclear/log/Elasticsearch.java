package dev.allclear.log;

import dev.allclear.codec.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Elasticsearch's and OpenSearch's {@code _search}, sorted by time, page by page with {@code search_after}. Each page begins one
 * millisecond before the last one's end and leaves out the documents already seen, so that equal times at a page's border are
 * neither lost nor counted twice; this needs no tie-breaker, which not every version has.
 */
record Elasticsearch(HttpStore http, String index, String message, String timestamp, int page)
        implements StoreLogs.Store {
    static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 10_000;

    private record Hit(String id, long millis, String text) {}

    @Override
    public void read(Instant from, Instant to, StoredLines into) throws IOException {
        long next = from.toEpochMilli();
        Set<String> seen = Set.of();
        int size = page;
        while (next <= to.toEpochMilli()) {
            List<Hit> hits;
            try {
                hits = ask(from, to, next - 1, size);
            } catch (HttpStore.TooLarge tooLarge) {
                if (size <= 10) {
                    throw tooLarge;
                }
                size /= 4;
                continue;
            }
            for (Hit hit : hits) {
                if (!seen.contains(hit.id())) {
                    StoreLogs.add(into, index, Instant.ofEpochMilli(hit.millis()), hit.text());
                }
            }
            if (hits.size() < size) {
                return;
            }
            if (into.isFull()) {
                into.isCut();
                return;
            }
            long last = hits.get(hits.size() - 1).millis();
            boolean isOneMoment = hits.get(0).millis() == last;
            if (isOneMoment && size < LARGEST_PAGE) {
                size = Math.min(LARGEST_PAGE, size * 2);
            } else if (isOneMoment) {
                // more documents of one millisecond than a page may hold
                into.isCut();
                last++;
            }
            next = last;
            Set<String> border = new HashSet<>();
            for (Hit hit : hits) {
                if (hit.millis() == last) {
                    border.add(hit.id());
                }
            }
            seen = border;
        }
    }

    private List<Hit> ask(Instant from, Instant to, long after, int size) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", size);
        body.put("track_total_hits", false);
        body.put(
                "query",
                Map.of(
                        "range",
                        Map.of(
                                timestamp,
                                Map.of(
                                        "gte",
                                        from.toEpochMilli(),
                                        "lte",
                                        to.toEpochMilli(),
                                        "format",
                                        "epoch_millis"))));
        body.put("sort", List.of(Map.of(timestamp, Map.of("order", "asc", "numeric_type", "date"))));
        body.put("search_after", List.of(after));
        Map<String, Object> answer = http.post("/" + index + "/_search?ignore_unavailable=true", body);
        if (Boolean.TRUE.equals(answer.get("timed_out"))) {
            throw new IOException("the search timed out in the store, so its answer is not whole");
        }
        if (answer.get("_shards") instanceof Map<?, ?> shards && shards.get("failed") instanceof Number failed) {
            if (failed.longValue() > 0) {
                throw new IOException(
                        failed + " of " + shards.get("total") + " shards failed, so the answer is not whole");
            }
            if (shards.get("total") instanceof Number total && total.longValue() == 0) {
                throw new IOException("no index matches " + index);
            }
        }
        if (!(answer.get("hits") instanceof Map<?, ?> outer) || !(outer.get("hits") instanceof List<?> list)) {
            throw new IOException("the answer holds no hits");
        }
        List<Hit> hits = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> hit)
                    || !(hit.get("sort") instanceof List<?> sort)
                    || !(sort.get(0) instanceof Number millis)) {
                throw new IOException("the answer holds a hit without its sort value");
            }
            if (!(hit.get("_source") instanceof Map)) {
                throw new IOException("the answer holds a hit without its _source, so what it says cannot be read;"
                        + " the index must keep it");
            }
            hits.add(new Hit(hit.get("_index") + "/" + hit.get("_id"), millis.longValue(), text(hit.get("_source"))));
        }
        return hits;
    }

    /** The message and what ECS keeps beside it; without a message the whole document. */
    private String text(@org.jspecify.annotations.Nullable Object source) {
        if (!(source instanceof Map<?, ?> document)) {
            return String.valueOf(source);
        }
        List<String> parts = new ArrayList<>();
        for (String field : List.of(message, "error.code", "error.message", "error.stack_trace")) {
            Object value = field(document, field);
            if (value != null) {
                parts.add((field.equals("error.code") ? "error code: " : "") + value);
            }
        }
        return field(document, message) == null ? Json.write(document) : String.join("\n", parts);
    }

    /** {@code a.b} may be a field of that name or a field of an object. */
    private static @org.jspecify.annotations.Nullable Object field(Map<?, ?> document, String name) {
        Object direct = document.get(name);
        int dot = name.indexOf('.');
        if (direct != null || dot < 0) {
            return direct;
        }
        return document.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? field(inner, name.substring(dot + 1))
                : null;
    }
}
