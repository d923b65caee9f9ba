package dev.allclear.cli.progress;

import dev.allclear.cli.progress.Cells.Piece;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What stands in the block: what happens and for how long already, a line for each check (its name, how far it is, what it is doing,
 * its seconds), and for whom it waits until when. Knows no terminal, only how wide a line may be. Not thread-safe.
 */
final class LiveBlock {
    private static final int STATE = 12;
    private static final int SECONDS = 7;
    private static final int LEAST_NAME = 8;
    private static final int MOST_NAME = 20;

    private final Wait wait;
    private final Instant since;
    private final Map<CheckName, CheckLine> lines =
            new TreeMap<>(Comparator.comparingInt(LiveBlock::place).thenComparing(CheckName::value));

    LiveBlock(Wait wait, Instant since) {
        this.wait = wait;
        this.since = since;
        wait.checks().forEach(check -> lines.put(check, CheckLine.asked(check, since)));
    }

    /** A "before" is news only while it is waited for. */
    void heard(BaselineCaptured baseline, Instant now) {
        if (wait.stage() == Wait.Stage.BEFORE) {
            lines.put(baseline.check(), line(baseline.check()).before(baseline, now));
        }
    }

    void heard(CheckStarted started) {
        lines.put(started.check(), line(started.check()).doing(started.activity()));
    }

    void heard(CheckReport report, Instant now) {
        lines.put(report.check(), line(report.check()).answered(report, now));
    }

    /** The lines, none wider than that many cells. */
    List<String> render(Instant now, int width, boolean colour) {
        List<String> block = new ArrayList<>();
        int name = Math.min(
                MOST_NAME,
                lines.keySet().stream()
                        .mapToInt(check -> check.value().length())
                        .reduce(LEAST_NAME, Math::max));
        block.add(row(
                width, colour, List.of(new Piece(Progress.plain(wait.words()), "1")), Duration.between(since, now)));
        for (CheckLine line : lines.values()) {
            block.add(row(
                    width,
                    colour,
                    List.of(
                            new Piece("  " + Cells.pad(line.check().value(), name) + "  ", ""),
                            new Piece(
                                    Cells.pad(line.state().word(), STATE) + "  ",
                                    line.state().code()),
                            new Piece(Progress.plain(line.doing()), "")),
                    Duration.between(line.since(), line.settled().orElse(now))));
        }
        if (wait.stage() != Wait.Stage.NOTHING) {
            block.add(Cells.line(List.of(new Piece(awaited(now), "2")), width, colour));
        }
        return block;
    }

    /** The seconds stand at the right edge, and give way where there is no room. */
    private static String row(int width, boolean colour, List<Piece> left, Duration elapsed) {
        int room = width - SECONDS;
        if (room < SECONDS + STATE + LEAST_NAME) {
            return Cells.line(left, width, colour);
        }
        String seconds = seconds(elapsed);
        int used = Cells.width(Cells.line(left, room, false));
        return Cells.line(left, room, colour)
                + " ".repeat(room - used + SECONDS - seconds.length())
                + Cells.line(List.of(new Piece(seconds, "2")), SECONDS, colour);
    }

    private String awaited(Instant now) {
        String names = lines.values().stream()
                .filter(line -> line.settled().isEmpty())
                .map(line -> line.check().value())
                .collect(Collectors.joining(", "));
        String what =
                switch (wait.stage()) {
                    case NOTHING -> "";
                    case BEFORE -> names.isEmpty() ? "every check is ready" : "waits for \"before\" of " + names;
                    case ANSWER -> "waits for " + (names.isEmpty() ? "the verdict" : names + ", then the verdict");
                };
        return "  " + what
                + wait.limit()
                        .map(limit -> Duration.between(now, since.plus(limit)))
                        .map(left -> left.isNegative() ? "; the time is up" : "; at most " + seconds(left) + " more")
                        .orElse("");
    }

    private static String seconds(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3_600
                ? String.format("%dm%02ds", seconds / 60, seconds % 60)
                : String.format("%dh%02dm", seconds / 3_600, seconds / 60 % 60);
    }

    private CheckLine line(CheckName check) {
        return lines.getOrDefault(check, CheckLine.asked(check, since));
    }

    /** In the order in which people ask; checks of teams after the built-in ones. */
    private static int place(CheckName check) {
        int place = CheckName.builtIn().indexOf(check);
        return place < 0 ? Integer.MAX_VALUE : place;
    }
}
