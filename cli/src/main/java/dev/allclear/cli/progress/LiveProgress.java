package dev.allclear.cli.progress;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckStarted;
import dev.allclear.model.CheckReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * While something is waited for, a block on the terminal that is drawn anew in its place, and is gone when the waiting is over; the
 * lines that stay are those of {@link PlainProgress}. Whoever else prints meanwhile prints above the block.
 */
public final class LiveProgress implements Progress {
    private static final long SECOND = 1_000;
    private static final int SIZE_EVERY = 2;
    private static final int LONGEST_LINE = 1 << 16;

    private final Map<String, String> environment;
    private final boolean colour;
    private final Clock clock;
    private final PrintStream err;
    private final PrintStream out;
    private final Screen screen;
    private final PlainProgress lines;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(LiveProgress::daemon);
    private final Thread ending = new Thread(this::end, "allclear-progress-ends");
    private final List<Consumer<LiveBlock>> heardEarly = new ArrayList<>();
    private Optional<LiveBlock> block = Optional.empty();
    private TerminalSize size = TerminalSize.USUAL;
    private int ticks;
    private boolean midLine;
    private boolean ended;

    private LiveProgress(Map<String, String> environment, boolean colour, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.colour = colour;
        this.clock = clock;
        this.err = System.err;
        this.out = System.out;
        this.screen = new Screen(err);
        this.lines = new PlainProgress(
                new PrintStream(
                        new BufferedOutputStream(new AboveBlock(err, this, true), LONGEST_LINE), true, charset()),
                colour,
                clock);
    }

    /**
     * Begins to speak on this process' terminal, which standard error is. From then until it is closed everything that goes to
     * standard error, and to standard output where that is the terminal as well, makes the block give way.
     *
     * @param outIsTerminal whether standard output goes there as well
     */
    public static LiveProgress begin(
            Map<String, String> environment, boolean outIsTerminal, boolean colour, Clock clock) {
        LiveProgress progress = new LiveProgress(environment, colour, clock);
        System.setErr(progress.above(progress.err));
        if (outIsTerminal) {
            System.setOut(progress.above(progress.out));
        }
        Runtime.getRuntime().addShutdownHook(progress.ending);
        var unused = progress.ticker.scheduleAtFixedRate(progress::tick, SECOND, SECOND, TimeUnit.MILLISECONDS);
        return progress;
    }

    @Override
    public void headline(String text) {
        lines.headline(text);
    }

    @Override
    public void step(String text) {
        lines.step(text);
    }

    @Override
    public void good(String text) {
        lines.good(text);
    }

    @Override
    public void warn(String text) {
        lines.warn(text);
    }

    @Override
    public void bad(String text) {
        lines.bad(text);
    }

    @Override
    public synchronized void await(Wait wait) {
        block = ended ? Optional.empty() : Optional.of(new LiveBlock(wait, clock.instant()));
        block.ifPresent(begun -> heardEarly.forEach(news -> news.accept(begun)));
        heardEarly.clear();
        size = TerminalSize.read(environment);
        draw();
    }

    @Override
    public synchronized void over() {
        block = Optional.empty();
        screen.erase();
    }

    @Override
    public void heard(BaselineCaptured baseline) {
        settled(shown -> shown.heard(baseline, clock.instant()));
    }

    @Override
    public void heard(CheckStarted activity) {
        change(shown -> shown.heard(activity));
    }

    @Override
    public void heard(CheckReport report) {
        settled(shown -> shown.heard(report, clock.instant()));
    }

    /** Others' output, whole lines or not: the block is drawn again when the line is ended. */
    synchronized void write(OutputStream terminal, boolean wholeLines, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        screen.erase();
        try {
            if (midLine && wholeLines) {
                terminal.write('\n');
            }
            terminal.write(bytes, offset, length);
            terminal.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        midLine = bytes[offset + length - 1] != '\n';
        draw();
    }

    @Override
    public void close() {
        end();
        ticker.shutdownNow();
        System.setErr(err);
        System.setOut(out);
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException endingAlready) {
            // it has run, or runs
        }
    }

    private synchronized void end() {
        ended = true;
        over();
    }

    /** A check may be faster than we are at waiting for it: what it said is in the next block. What it was doing is not news there. */
    private synchronized void settled(Consumer<LiveBlock> news) {
        if (block.isEmpty()) {
            heardEarly.add(news);
        }
        change(news);
    }

    private synchronized void change(Consumer<LiveBlock> news) {
        block.ifPresent(news);
        draw();
    }

    /** The seconds go on; a window that was resized is asked for its size. */
    private synchronized void tick() {
        if (block.isPresent() && ++ticks % SIZE_EVERY == 0) {
            size = TerminalSize.read(environment);
        }
        draw();
    }

    private void draw() {
        if (!midLine) {
            block.ifPresent(
                    shown -> screen.draw(shown.render(clock.instant(), size.columns() - 1, colour), size.lines()));
        }
    }

    private PrintStream above(OutputStream terminal) {
        return new PrintStream(new AboveBlock(terminal, this, false), true, charset());
    }

    /** As the JDK's own streams are encoded: from JDK 18 on they can be asked, and before there is a property of this name. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        return name.isEmpty() ? Charset.defaultCharset() : Charset.forName(name);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "allclear-progress");
        thread.setDaemon(true);
        return thread;
    }
}
