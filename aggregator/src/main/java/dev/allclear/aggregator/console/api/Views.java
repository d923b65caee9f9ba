package dev.allclear.aggregator.console.api;

import dev.allclear.aggregator.console.history.CheckProgress;
import dev.allclear.aggregator.console.history.Decided;
import dev.allclear.aggregator.console.history.RunDetail;
import dev.allclear.aggregator.console.history.RunList;
import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.codec.EventJson;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the interface shows of runs, as JSON-compatible maps in the order of the documentation. */
final class Views {
    private Views() {}

    static Map<String, Object> of(RunList list) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("runs", list.runs().stream().map(Views::of).toList());
        list.next().ifPresent(next -> view.put("next", next.toString()));
        return view;
    }

    static Map<String, Object> of(RunSummary run) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("runId", run.key().run().value());
        view.put("database", run.key().database().value());
        view.put("state", run.state().name());
        run.decided().ifPresent(decided -> put(view, decided));
        run.startedAt().ifPresent(at -> view.put("startedAt", at.toString()));
        run.completedAt().ifPresent(at -> view.put("completedAt", at.toString()));
        if (!run.migration().isEmpty()) {
            view.put("migration", run.migration());
        }
        Map<String, Object> outcomes = new LinkedHashMap<>();
        run.checks().forEach((check, progress) -> progress.outcome()
                .ifPresent(outcome -> outcomes.put(check.value(), outcome.name())));
        view.put("checks", outcomes);
        return view;
    }

    private static void put(Map<String, Object> view, Decided decided) {
        view.put("decision", decided.decision().name());
        view.put("final", decided.isFinal());
        view.put("revision", decided.revision());
        view.put("decidedAt", decided.at().toString());
        if (!decided.cause().isEmpty()) {
            view.put("cause", decided.cause());
        }
    }

    /** @param required the checks that this run is judged by, also those not heard of yet */
    static Map<String, Object> of(RunDetail run, Set<CheckName> required) {
        Map<String, Object> view = of(run.summary());
        TreeSet<CheckName> names = new TreeSet<>(required);
        names.addAll(run.summary().checks().keySet());
        List<Object> checks = new ArrayList<>();
        for (CheckName name : names) {
            checks.add(check(name, required.contains(name), run));
        }
        view.put("checks", checks);
        run.started().ifPresent(started -> view.put("started", EventJson.toMap(started)));
        run.completed().ifPresent(completed -> view.put("completed", EventJson.toMap(completed)));
        run.verdict().ifPresent(verdict -> view.put("verdict", EventJson.toMap(new VerdictReached(verdict))));
        return view;
    }

    private static Map<String, Object> check(CheckName name, boolean isRequired, RunDetail run) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("check", name.value());
        view.put("required", isRequired);
        CheckProgress progress = run.summary().checks().get(name);
        if (progress != null) {
            progress.baseline().ifPresent(baseline -> view.put("baseline", baseline.name()));
            if (!progress.reason().isEmpty()) {
                view.put("baselineReason", progress.reason());
            }
            progress.activity().ifPresent(activity -> view.put("activity", activity));
            progress.outcome().ifPresent(outcome -> view.put("outcome", outcome.name()));
        }
        run.reports().stream()
                .filter(report -> report.check().equals(name))
                .map(CheckReport::summary)
                .findFirst()
                .ifPresent(summary -> view.put("summary", summary));
        return view;
    }
}
