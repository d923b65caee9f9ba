package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.history.CheckProgress;
import dev.allclear.aggregator.console.history.Decided;
import dev.allclear.aggregator.console.history.RunDetail;
import dev.allclear.aggregator.console.history.RunState;
import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.aggregator.report.CheckSection;
import dev.allclear.aggregator.report.HtmlReport;
import dev.allclear.aggregator.report.Mark;
import dev.allclear.aggregator.report.Markup;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.event.BaselineStatus;
import dev.allclear.model.CheckName;
import dev.allclear.model.Durations;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One run, from its announcement to the verdict: verdict and cause first, then every check with its state and its picture. */
final class RunPage {
    private final RunDetail run;
    private final RunSummary summary;
    private final RunReport report;
    private final Map<CheckName, CheckSection> sections;
    private final TreeSet<CheckName> checks;

    RunPage(RunDetail run, Set<CheckName> required) {
        this.run = run;
        this.summary = run.summary();
        this.report = run.report().orElseGet(() -> SoFar.of(run, required));
        this.sections = report.sections().stream()
                .collect(Collectors.toMap(CheckSection::check, Function.identity(), (one, other) -> one, TreeMap::new));
        this.checks = new TreeSet<>(required);
        this.checks.addAll(summary.checks().keySet());
        this.checks.addAll(sections.keySet());
    }

    void write(Markup html) {
        Layout.live(html, Address.part(summary.key()), Address.events(summary.key()), "live", this::part);
    }

    /** What changes when there is news. */
    void part(Markup html) {
        html.open("div", "class", "tone " + Faces.style(summary), "id", "tone");
        banner(html);
        if (run.report().isPresent()) {
            HtmlReport.causes(report, html);
        }
        answers(html);
        if (run.report().isPresent() && summary.state() == RunState.DECIDED) {
            HtmlReport.details(report, html);
        } else if (run.report().isEmpty() && summary.decided().isPresent()) {
            html.open("section", "id", "gone")
                    .leaf("p", "The topics do not keep this run whole any more: only what the list shows is left.")
                    .close();
        } else {
            HtmlReport.answered(report, html);
        }
        html.close();
    }

    private void banner(Markup html) {
        html.open("section", "class", "banner", "id", "banner");
        html.open("h1")
                .leaf("span", Faces.sign(summary), "class", "sign", "aria-hidden", "true")
                .leaf("span", headline())
                .close();
        html.leaf("p", sentence(), "class", "advice");
        html.open("dl", "class", "facts");
        fact(html, "Run", summary.key().run().value());
        html.open("div").leaf("dt", "Database").open("dd");
        html.leaf(
                        "a",
                        summary.key().database().value(),
                        "href",
                        "/?database=" + summary.key().database())
                .close()
                .close();
        fact(html, "Migration", summary.migration());
        summary.startedAt().ifPresent(at -> fact(html, "Announced", Times.text(at)));
        summary.completedAt().ifPresent(at -> fact(html, "Over", Times.text(at)));
        summary.took().ifPresent(took -> fact(html, "Took", Durations.rounded(took)));
        fact(html, "The command claimed", report.claim().orElse(""));
        summary.decided()
                .ifPresent(decided -> fact(
                        html,
                        "Verdict",
                        decided.decision() + (decided.isFinal() ? ", final" : ", not final yet") + ", revision "
                                + decided.revision()));
        html.close();
        if (run.report().isPresent()) {
            links(html);
        }
        html.close();
    }

    private String headline() {
        return summary.decided()
                .map(decided -> Faces.headline(decided.decision()))
                .orElseGet(() -> summary.state() == RunState.MIGRATING ? "Migrating" : "Checking");
    }

    private String sentence() {
        Optional<String> cause = summary.decided().map(Decided::cause).filter(text -> !text.isEmpty());
        if (cause.isPresent()) {
            return cause.get();
        }
        if (summary.decided().isPresent()) {
            return "Every required check answered and none objects.";
        }
        long answered = summary.checks().values().stream()
                .filter(check -> check.outcome().isPresent())
                .count();
        return summary.state() == RunState.MIGRATING
                ? "The migration has been announced and is not over, as far as is known here."
                : "The migration is over; " + answered + " of " + checks.size() + " checks have answered.";
    }

    private static void fact(Markup html, String name, String value) {
        if (!value.isBlank()) {
            html.open("div").leaf("dt", name).leaf("dd", value).close();
        }
    }

    private void links(Markup html) {
        html.open("p", "class", "reports").text("The report: ");
        Map<String, String> faces =
                new TreeMap<>(Map.of("html", "page to keep", "md", "Markdown", "json", "JSON", "xml", "JUnit"));
        faces.forEach((ending, name) -> html.leaf("a", name, "href", Address.report(summary.key(), ending))
                .text(" "));
        html.close();
    }

    private void answers(Markup html) {
        html.open("section", "class", "answers", "id", "answers").leaf("h2", "The checks", "class", "hidden");
        html.open("table");
        checks.forEach(check -> answer(html, check));
        html.close().close();
    }

    private void answer(Markup html, CheckName check) {
        Optional<CheckSection> section = Optional.ofNullable(sections.get(check));
        Optional<Mark> mark = section.flatMap(one -> one.outcome().map(outcome -> one.mark()))
                .or(() -> summary.state() == RunState.DECIDED ? Optional.of(Mark.UNPROVEN) : Optional.empty());
        html.open("tr").open("td", "class", "mark");
        Faces.badge(
                html,
                mark.map(one -> one.sign).orElse(Faces.PENDING_SIGN),
                mark.map(one -> one.style).orElse(Faces.PENDING_STYLE),
                mark.map(one -> one.word).orElse("not answered yet"));
        html.close().open("th", "scope", "row");
        String question = section.map(CheckSection::question).orElse(check.value());
        if (section.filter(one -> one.outcome().isPresent()).isPresent()) {
            html.leaf("a", question, "href", "#" + check);
        } else {
            html.text(question);
        }
        if (section.filter(one -> !one.required()).isPresent()) {
            html.leaf("span", "advisory", "class", "tag");
        }
        html.close();
        html.leaf(
                "td",
                section.filter(one -> one.outcome().isPresent())
                        .map(CheckSection::sentence)
                        .orElseGet(() -> activity(check)));
        html.close();
    }

    /** What a check without an answer is about. */
    private String activity(CheckName check) {
        if (summary.state() == RunState.DECIDED) {
            return "No answer by the deadline.";
        }
        CheckProgress progress = summary.checks().get(check);
        if (progress == null) {
            return summary.state() == RunState.MIGRATING
                    ? "Has not said yet what “before” is."
                    : "Nothing heard from it yet.";
        }
        return progress.activity().map(what -> "Is at work: " + what).orElseGet(() -> progress.baseline()
                .map(status -> baseline(status, progress.reason()))
                .orElse("Nothing heard from it yet."));
    }

    private String baseline(BaselineStatus status, String reason) {
        String then = summary.state() == RunState.MIGRATING
                ? "; waits for the migration to end."
                : "; has yet to look again.";
        return switch (status) {
            case CAPTURED -> "Has measured “before”" + then;
            case NONE -> "Needs no “before”" + then;
            case FAILED -> "Could not measure “before”: " + reason;
        };
    }
}
