package dev.allclear.log;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Grafana Loki's {@code query_range}, forward, page by page. A page's last nanosecond is asked for again with the next page and what
 * was seen of it is left out, so that equal times at a page's border are neither lost nor counted twice; Loki itself keeps no two
 * equal lines of one stream and time.
 */
record Loki(HttpStore http, String query, int page) implements StoreLogs.Store {
    static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 5_000;
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000L);

    private record Line(String stream, BigInteger nanos, String text) {}

    @Override
    public void read(Instant from, Instant to, StoredLines into) throws IOException {
        BigInteger next = nanos(from);
        BigInteger end = nanos(to);
        Set<Line> seen = Set.of();
        int limit = page;
        while (next.compareTo(end) < 0) {
            List<Line> lines;
            try {
                lines = ask(next, end, limit);
            } catch (HttpStore.TooLarge tooLarge) {
                if (limit <= 10) {
                    throw tooLarge;
                }
                limit /= 4;
                continue;
            }
            BigInteger last =
                    lines.isEmpty() ? next : lines.get(lines.size() - 1).nanos();
            Set<Line> before = seen;
            lines.stream()
                    .filter(line -> !before.contains(line))
                    .forEach(line -> StoreLogs.add(into, line.stream(), instant(line.nanos()), line.text()));
            if (lines.size() < limit) {
                return;
            }
            if (into.isFull()) {
                into.isCut();
                return;
            }
            boolean isOneMoment = lines.get(0).nanos().equals(last);
            if (isOneMoment && limit < LARGEST_PAGE) {
                limit = Math.min(LARGEST_PAGE, limit * 2);
            } else if (isOneMoment) {
                // more lines of one nanosecond than a page holds
                into.isCut();
                last = last.add(BigInteger.ONE);
            } else {
                limit = Math.max(limit, page);
            }
            next = last;
            seen = new HashSet<>();
            for (Line line : lines) {
                if (line.nanos().equals(last)) {
                    seen.add(line);
                }
            }
        }
    }

    private List<Line> ask(BigInteger from, BigInteger to, int limit) throws IOException {
        Map<String, Object> answer = http.get("/loki/api/v1/query_range?direction=forward&limit=" + limit + "&start="
                + from + "&end=" + to + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        if (!"success".equals(answer.get("status")) || !(answer.get("data") instanceof Map<?, ?> data)) {
            throw new IOException("Loki's answer has no status \"success\"");
        }
        if (!"streams".equals(data.get("resultType")) || !(data.get("result") instanceof List<?> result)) {
            throw new IOException("the Loki query yields numbers, not lines; it must select a log stream");
        }
        List<Line> lines = new ArrayList<>();
        for (Object stream : result) {
            if (stream instanceof Map<?, ?> map && map.get("values") instanceof List<?> values) {
                String labels = String.valueOf(map.get("stream"));
                for (Object value : values) {
                    if (!(value instanceof List<?> pair) || pair.size() < 2) {
                        throw new IOException("Loki's answer holds a value that is no pair of time and line");
                    }
                    lines.add(new Line(labels, number(pair.get(0)), String.valueOf(pair.get(1))));
                }
            }
        }
        lines.sort(Comparator.comparing(Line::nanos));
        return lines;
    }

    private static BigInteger number(Object text) throws IOException {
        try {
            return new BigInteger(String.valueOf(text));
        } catch (NumberFormatException broken) {
            throw new IOException("Loki's answer holds a time that is no number", broken);
        }
    }

    private static BigInteger nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond()).multiply(BILLION).add(BigInteger.valueOf(time.getNano()));
    }

    private static Instant instant(BigInteger nanos) {
        BigInteger[] parts = nanos.divideAndRemainder(BILLION);
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    }
}
