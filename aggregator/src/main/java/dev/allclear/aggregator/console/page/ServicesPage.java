package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.history.CheckPulse;
import dev.allclear.aggregator.console.history.Pulses;
import dev.allclear.aggregator.console.history.RunHistory;
import dev.allclear.aggregator.report.Mark;
import dev.allclear.aggregator.report.Markup;
import dev.allclear.model.CheckName;
import dev.allclear.model.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The services as the topics show them. A service that nobody has asked for a while is silent, which proves neither health nor illness. */
final class ServicesPage {
    private final Pulses pulses;
    private final RunHistory.Size size;
    private final TreeSet<CheckName> checks;
    private final boolean hasCaughtUp;
    private final Instant now;

    ServicesPage(RunHistory history, Set<CheckName> required, boolean hasCaughtUp, Instant now) {
        this.pulses = history.pulses();
        this.size = history.size();
        this.checks = new TreeSet<>(required);
        this.checks.addAll(pulses.checks().keySet());
        this.hasCaughtUp = hasCaughtUp;
        this.now = now;
    }

    void write(Markup html) {
        html.leaf("h1", "Services", "class", "plain");
        Layout.live(html, "/services/part", "/v1/events", "list", this::part);
    }

    void part(Markup html) {
        html.open("section", "class", "runs", "id", "services").open("table");
        html.leaf("caption", "What was last heard of each service", "class", "hidden");
        html.open("thead").open("tr");
        for (String column : List.of("State", "Service", "Last heard", "Last answer", "Version")) {
            html.leaf("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
        checks.forEach(check -> row(html, check));
        aggregator(html);
        html.close().close();
        html.leaf(
                "p",
                "As the topics show it: a service says something only when a run asks it. Whether a process is alive says"
                        + " its own /livez.",
                "class",
                "small note");
        html.leaf("p", memory(), "class", "small note");
        html.close();
    }

    private String memory() {
        return (hasCaughtUp ? "The topics have been read. " : "The topics are still being read. ") + "In memory: "
                + size.runs() + " runs, " + size.whole() + " of them whole, in " + size.bytes() / 1024 + " KiB.";
    }

    private void row(Markup html, CheckName check) {
        Optional<CheckPulse> pulse = Optional.ofNullable(pulses.checks().get(check));
        boolean isMissing = pulse.filter(CheckPulse::isMissing).isPresent();
        Optional<CheckPulse.Sign> answer = pulse.flatMap(CheckPulse::lastAnswer);
        html.open("tr").open("td", "class", "verdict");
        Mark mark = isMissing ? Mark.BAD : answer.isPresent() ? Mark.GOOD : Mark.UNPROVEN;
        html.leaf("span", mark.sign, "class", "badge " + mark.style, "aria-hidden", "true");
        String word = isMissing ? "owes an answer" : answer.isPresent() ? "answers" : "not heard";
        html.leaf("span", word, "class", "word " + mark.style).close();
        html.open("td", "class", "run").leaf("strong", check.value());
        if (isMissing) {
            pulse.flatMap(CheckPulse::lastMissing)
                    .ifPresent(missing -> html.leaf(
                            "span",
                            "run " + missing.run() + " was decided without it, " + Times.age(missing.at(), now),
                            "class",
                            "small why"));
        }
        html.close();
        html.leaf(
                "td",
                pulse.flatMap(CheckPulse::lastHeard)
                        .map(at -> Times.age(at, now))
                        .orElse("never"),
                "class",
                "tight");
        html.open("td");
        answer.ifPresent(sign -> html.text(pulse.flatMap(CheckPulse::lastOutcome)
                                .map(ServicesPage::word)
                                .orElse("") + ", on ")
                .leaf("a", sign.run().value(), "href", "/runs/" + sign.run())
                .text(", " + Times.age(sign.at(), now)));
        html.close();
        html.leaf("td", pulse.map(CheckPulse::version).orElse(""), "class", "tight")
                .close();
    }

    private static String word(Outcome outcome) {
        return Mark.of(outcome).word;
    }

    private void aggregator(Markup html) {
        Optional<Instant> decided = pulses.lastVerdict();
        Mark mark = decided.isPresent() ? Mark.GOOD : Mark.UNPROVEN;
        html.open("tr").open("td", "class", "verdict");
        html.leaf("span", mark.sign, "class", "badge " + mark.style, "aria-hidden", "true");
        html.leaf("span", decided.isPresent() ? "decides" : "not heard", "class", "word " + mark.style)
                .close();
        html.open("td", "class", "run").leaf("strong", "aggregator").close();
        html.leaf("td", decided.map(at -> Times.age(at, now)).orElse("never"), "class", "tight");
        html.leaf("td", "").leaf("td", "").close();
    }
}
