package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.history.RunFilter;
import dev.allclear.aggregator.console.history.RunKey;
import dev.allclear.model.Decision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where things are. Names of runs and databases consist of characters that stand for themselves in an address. */
final class Address {
    private Address() {}

    static String of(RunKey run) {
        return "/runs/" + run.run() + "?database=" + run.database();
    }

    static String part(RunKey run) {
        return "/runs/" + run.run() + "/part?database=" + run.database();
    }

    static String events(RunKey run) {
        return "/v1/events?run=" + run.run() + "&database=" + run.database();
    }

    static String report(RunKey run, String ending) {
        return "/v1/runs/" + run.run() + "/report." + ending + "?database=" + run.database();
    }

    /** A list with this filter, going on from the mark. */
    static String list(String path, RunFilter filter, Optional<String> before) {
        Map<String, String> query = new LinkedHashMap<>();
        filter.database().ifPresent(database -> query.put("database", database.value()));
        filter.decision().map(Decision::name).ifPresent(decision -> query.put("decision", decision));
        if (filter.open()) {
            query.put("decision", "OPEN");
        }
        filter.since().ifPresent(since -> query.put("since", since.toString()));
        before.ifPresent(mark -> query.put("before", mark));
        String text = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? path : path + "?" + text;
    }
}
