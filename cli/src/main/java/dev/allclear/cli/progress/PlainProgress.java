package dev.allclear.cli.progress;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A plain line for each thing that happens, as a log wants it. */
public final class PlainProgress implements Progress {
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(10);

    private final PrintStream err;
    private final boolean colour;
    private final Clock clock;
    private final Instant begun;
    private final Map<CheckName, Activity> activities = new TreeMap<>();

    /** What a check was last said to do, without its numbers. */
    private record Activity(String kind, Instant told) {}

    public PlainProgress(PrintStream err, boolean colour, Clock clock) {
        this.err = err;
        this.colour = colour;
        this.clock = clock;
        this.begun = clock.instant();
    }

    @Override
    public void headline(String text) {
        print("\n" + paint("1", Progress.plain(text)));
    }

    @Override
    public void step(String text) {
        print(stamp() + Progress.plain(text));
    }

    @Override
    public void good(String text) {
        print(stamp() + paint("32", Progress.plain(text)));
    }

    @Override
    public void warn(String text) {
        print(stamp() + paint("33", Progress.plain(text)));
    }

    @Override
    public void bad(String text) {
        print(stamp() + paint("31", Progress.plain(text)));
    }

    @Override
    public void await(Wait wait) {
        step(wait.words());
    }

    @Override
    public void over() {
        // what was told stays told
    }

    @Override
    public void heard(BaselineCaptured baseline) {
        String line = pad(baseline.check()) + BeforeWords.of(baseline);
        switch (baseline.status()) {
            case CAPTURED, NONE -> step(line);
            case FAILED -> warn(line);
        }
    }

    /** What differs from the last line only in its numbers is told again only after a while: a log need not hold every second. */
    @Override
    public synchronized void heard(CheckStarted started) {
        String kind = started.activity().replaceAll("[0-9]+", "0");
        Instant now = clock.instant();
        Activity told = activities.get(started.check());
        if (told == null
                || !told.kind().equals(kind)
                || !now.isBefore(told.told().plus(REPEAT_AFTER))) {
            activities.put(started.check(), new Activity(kind, now));
            step(pad(started.check()) + started.activity());
        }
    }

    @Override
    public void heard(CheckReport report) {
        String line = pad(report.check()) + report.outcome() + "  " + report.summary();
        switch (report.outcome()) {
            case PASSED, NOT_APPLICABLE -> good(line);
            case INCONCLUSIVE -> warn(line);
            case FAILED -> bad(line);
        }
    }

    @Override
    public void close() {
        // nothing is held
    }

    private static String pad(CheckName check) {
        return String.format("%-8s ", check.value());
    }

    private String stamp() {
        Duration since = Duration.between(begun, clock.instant());
        return paint("2", String.format("[%5.1fs]", since.toMillis() / 1000.0)) + " ";
    }

    private synchronized void print(String line) {
        err.println(line);
        err.flush();
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
