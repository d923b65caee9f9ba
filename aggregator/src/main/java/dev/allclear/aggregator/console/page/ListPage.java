package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.history.CheckProgress;
import dev.allclear.aggregator.console.history.Decided;
import dev.allclear.aggregator.console.history.Position;
import dev.allclear.aggregator.console.history.RunFilter;
import dev.allclear.aggregator.console.history.RunHistory;
import dev.allclear.aggregator.console.history.RunList;
import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.aggregator.report.Mark;
import dev.allclear.aggregator.report.Markup;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Durations;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The runs, newest first, with a filter; of one database also how its runs went over time. */
final class ListPage {
    private static final int TREND = 40;

    private final RunHistory history;
    private final RunFilter filter;
    private final Instant now;

    ListPage(RunHistory history, RunFilter filter, Instant now) {
        this.history = history;
        this.filter = filter;
        this.now = now;
    }

    void write(Markup html) {
        html.leaf("h1", "Runs", "class", "plain");
        form(html);
        Optional<String> before = filter.before().map(Position::toString);
        Layout.live(
                html,
                Address.list("/runs/part", filter, before),
                filter.database()
                        .map(database -> "/v1/events?database=" + database)
                        .orElse("/v1/events"),
                "list",
                this::part);
    }

    /** What changes when there is news. */
    void part(Markup html) {
        filter.database().filter(database -> filter.before().isEmpty()).ifPresent(database -> trend(html, database));
        RunList list = history.list(filter);
        html.open("section", "class", "runs", "id", "runs");
        if (list.runs().isEmpty()) {
            html.leaf("p", isFiltered() ? "No run is like that." : "No run has been heard of yet.", "class", "none");
        } else {
            table(html, list.runs());
        }
        html.close();
        paging(html, list);
    }

    private boolean isFiltered() {
        return !filter.equals(RunFilter.NEWEST);
    }

    private void trend(Markup html, DatabaseName database) {
        List<RunSummary> runs =
                new ArrayList<>(history.list(RunFilter.of(database, TREND)).runs());
        if (runs.size() > 1) {
            html.open("section", "id", "trend");
            TrendPicture.draw(database, runs, html);
            html.close();
        }
    }

    private static void table(Markup html, List<RunSummary> runs) {
        html.open("table").leaf("caption", "Runs, newest first", "class", "hidden");
        html.open("thead").open("tr");
        for (String column : List.of("Verdict", "Run", "Database", "Checks", "Heard of")) {
            html.leaf("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
        runs.forEach(run -> row(html, run));
        html.close().close();
    }

    private static void row(Markup html, RunSummary run) {
        html.open("tr").open("td", "class", "verdict");
        Faces.badge(html, run);
        html.leaf("span", Faces.word(run), "class", "word " + Faces.style(run)).close();
        html.open("td", "class", "run").leaf("a", run.key().run().value(), "href", Address.of(run.key()));
        if (!run.migration().isEmpty()) {
            html.leaf("span", run.migration(), "class", "small what");
        }
        run.decided()
                .map(Decided::cause)
                .filter(cause -> !cause.isEmpty())
                .ifPresent(cause -> html.leaf("span", cause, "class", "small why"));
        html.close();
        html.open("td", "class", "database")
                .leaf(
                        "a",
                        run.key().database().value(),
                        "href",
                        "/?database=" + run.key().database())
                .close();
        html.open("td", "class", "checks").open("ul");
        run.checks().forEach((check, progress) -> check(html, check, progress));
        html.close().close();
        html.open("td", "class", "when");
        Times.write(html, run.position().at());
        run.took().ifPresent(took -> html.leaf("span", "took " + Durations.rounded(took), "class", "small what"));
        html.close().close();
    }

    private static void check(Markup html, CheckName check, CheckProgress progress) {
        Optional<Mark> mark = progress.outcome().map(Mark::of);
        html.open("li", "title", check + ": " + mark.map(one -> one.word).orElse("not answered yet"));
        Faces.badge(
                html,
                mark.map(one -> one.sign).orElse(Faces.PENDING_SIGN),
                "tiny " + mark.map(one -> one.style).orElse(Faces.PENDING_STYLE),
                check + " " + mark.map(one -> one.word).orElse("not answered yet"));
        html.close();
    }

    private void paging(Markup html, RunList list) {
        html.open("nav", "class", "paging", "id", "paging", "aria-label", "Pages of the list");
        if (filter.before().isPresent()) {
            html.leaf("a", "Newest", "href", Address.list("/", filter, Optional.empty()));
        }
        list.next()
                .ifPresent(next -> html.leaf(
                        "a", "Older", "href", Address.list("/", filter, Optional.of(next.toString())), "rel", "next"));
        html.close();
    }

    private void form(Markup html) {
        html.open("form", "method", "get", "action", "/", "class", "filter");
        TreeSet<DatabaseName> databases = new TreeSet<>(history.databases());
        filter.database().ifPresent(databases::add);
        select(
                html,
                "Database",
                "database",
                databases.stream().map(DatabaseName::value).toList(),
                filter.database().map(DatabaseName::value).orElse(""));
        List<String> verdicts = new ArrayList<>(List.of("OPEN"));
        for (Decision decision : Decision.values()) {
            verdicts.add(decision.name());
        }
        select(
                html,
                "Verdict",
                "decision",
                verdicts,
                filter.open() ? "OPEN" : filter.decision().map(Decision::name).orElse(""));
        day(html, "From", "since", filter.since());
        day(
                html,
                "Before",
                "before",
                filter.before().filter(mark -> mark.run().isEmpty()).map(Position::at));
        html.leaf("button", "Show", "type", "submit");
        if (isFiltered()) {
            html.leaf("a", "All runs", "href", "/");
        }
        html.close();
    }

    private static void select(Markup html, String label, String name, List<String> values, String chosen) {
        html.open("label").leaf("span", label).open("select", "name", name).leaf("option", "all", "value", "");
        for (String value : values) {
            if (value.equals(chosen)) {
                html.leaf("option", value, "value", value, "selected", "selected");
            } else {
                html.leaf("option", value, "value", value);
            }
        }
        html.close().close();
    }

    private void day(Markup html, String label, String name, Optional<Instant> value) {
        String day = value.map(at -> at.atZone(ZoneOffset.UTC).toLocalDate().toString())
                .orElse("");
        html.open("label").leaf("span", label + " (day in UTC)");
        html.empty(
                "input",
                "type",
                "date",
                "name",
                name,
                "value",
                day,
                "max",
                now.plusSeconds(86_400).atZone(ZoneOffset.UTC).toLocalDate().toString());
        html.close();
    }
}
