package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.history.Decided;
import dev.allclear.aggregator.console.history.RunState;
import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.aggregator.report.Mark;
import dev.allclear.aggregator.report.Markup;
import dev.allclear.model.Decision;
import java.util.Optional;

/** How verdicts look: a sign, a word and a colour, so that no meaning rests on colour alone. */
final class Faces {
    static final String PENDING_SIGN = "…";
    static final String PENDING_STYLE = "pending";

    private Faces() {}

    static String style(RunSummary run) {
        return mark(run).map(mark -> mark.style).orElse(PENDING_STYLE);
    }

    static String sign(RunSummary run) {
        return mark(run).map(mark -> mark.sign).orElse(PENDING_SIGN);
    }

    private static Optional<Mark> mark(RunSummary run) {
        return run.decided().map(Decided::decision).map(Mark::of);
    }

    /** The verdict as a word, or how far the run is. */
    static String word(RunSummary run) {
        return run.decided()
                .map(decided -> decided.decision() + (decided.isFinal() ? "" : ", not final"))
                .orElseGet(() -> word(run.state()));
    }

    static String word(RunState state) {
        return switch (state) {
            case MIGRATING -> "migrating";
            case CHECKING -> "checking";
            case DECIDED -> "decided";
        };
    }

    static String headline(Decision decision) {
        return switch (decision) {
            case PASS -> "Safe to keep";
            case FAIL -> "Action needed";
            case INCONCLUSIVE -> "Not proven";
        };
    }

    /** A round badge; what it means is said beside it, or is read out only. */
    static void badge(Markup html, String sign, String style, String spoken) {
        html.leaf("span", sign, "class", "badge " + style, "aria-hidden", "true");
        html.leaf("span", spoken, "class", "hidden");
    }

    static void badge(Markup html, RunSummary run) {
        html.leaf("span", sign(run), "class", "badge " + style(run), "aria-hidden", "true");
    }
}
