package dev.allclear.aggregator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What was held on one relation and who waited for it, each packed into as few rows as do not overlap. */
record LockLane(String relation, List<List<Bar>> held, List<List<Bar>> waited) {
    private static final int MOST_ROWS = 5;

    /** A time in which one session held, or waited for, the relation; {@code mode} as the documentation writes it. */
    record Bar(Instant from, Instant to, double seconds, String mode, boolean left) {
        static Optional<Bar> of(Measured measured) {
            Optional<Instant> from = measured.instant("from");
            Optional<Instant> to = measured.instant("to");
            if (from.isEmpty() || to.isEmpty() || to.get().isBefore(from.get())) {
                return Optional.empty();
            }
            double measuredLength = Duration.between(from.get(), to.get()).toMillis() / 1000.0;
            return Optional.of(new Bar(
                    from.get(),
                    to.get(),
                    measured.number("seconds").orElse(measuredLength),
                    modeOf(measured.text("mode")),
                    measured.text("left").equals("true")));
        }

        /** {@code AccessExclusiveLock} and {@code ACCESS EXCLUSIVE} as the documentation writes it. */
        private static String modeOf(String mode) {
            return mode.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                    .replaceFirst("Lock$", "")
                    .strip()
                    .toUpperCase(Locale.ROOT);
        }

        /** The class by which it is painted: the more it keeps others out, the darker. */
        String style() {
            if (left) {
                return "lock left";
            }
            return switch (mode) {
                case "SHARE" -> "lock share";
                case "SHARE ROW EXCLUSIVE", "EXCLUSIVE" -> "lock exclusive";
                default -> "lock access";
            };
        }
    }

    /** The relations whose locks were held longest come first. */
    static List<LockLane> of(List<Measured> holds, List<Measured> waits) {
        Map<String, List<Bar>> held = byRelation(holds);
        Map<String, List<Bar>> waited = byRelation(waits);
        return held.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -longest(entry.getValue())))
                .map(entry -> new LockLane(
                        entry.getKey(),
                        packed(entry.getValue()),
                        packed(waited.getOrDefault(entry.getKey(), List.of()))))
                .toList();
    }

    private static Map<String, List<Bar>> byRelation(List<Measured> items) {
        Map<String, List<Bar>> bars = new LinkedHashMap<>();
        items.forEach(item -> Bar.of(item)
                .ifPresent(bar -> bars.computeIfAbsent(item.text("relation"), absent -> new ArrayList<>())
                        .add(bar)));
        return bars;
    }

    private static double longest(List<Bar> bars) {
        return bars.stream().mapToDouble(Bar::seconds).max().orElse(0);
    }

    private static List<List<Bar>> packed(List<Bar> bars) {
        List<List<Bar>> rows = new ArrayList<>();
        bars.stream().sorted(Comparator.comparing(Bar::from)).forEach(bar -> {
            Optional<List<Bar>> free = rows.stream()
                    .filter(row -> !row.get(row.size() - 1).to().isAfter(bar.from()))
                    .findFirst();
            if (free.isPresent()) {
                free.get().add(bar);
            } else if (rows.size() < MOST_ROWS) {
                rows.add(new ArrayList<>(List.of(bar)));
            }
        });
        return rows;
    }

    Bar longestHold() {
        return held.stream()
                .flatMap(List::stream)
                .max(Comparator.comparing(Bar::left).thenComparing(Bar::seconds))
                .orElseThrow();
    }

    Stream<Bar> bars() {
        return Stream.concat(held.stream(), waited.stream()).flatMap(List::stream);
    }
}
