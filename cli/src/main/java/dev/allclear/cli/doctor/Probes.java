package dev.allclear.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs probes beside each other, each for a while at most, and gives back their lines in the order in which they were asked. */
public final class Probes implements AutoCloseable {
    private static final long LIMIT_SECONDS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "allclear-doctor");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Asked> asked = new ArrayList<>();

    private record Asked(String subject, Future<List<Line>> lines) {}

    /**
     * Begins to ask, beside all others.
     *
     * @param subject what to say when it gives no answer at all
     */
    public void ask(String subject, Supplier<List<Line>> probe) {
        asked.add(new Asked(subject, threads.submit(probe::get)));
    }

    /** Blocks until all have answered or their time is up. */
    public List<Line> answers() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        List<Line> lines = new ArrayList<>();
        for (Asked one : asked) {
            try {
                lines.addAll(one.lines().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException late) {
                lines.add(Line.missing(one.subject(), "gave no answer within " + LIMIT_SECONDS + " s"));
            } catch (ExecutionException failed) {
                Throwable cause = failed.getCause();
                lines.add(Line.missing(
                        one.subject(),
                        "could not be asked: "
                                + (cause == null ? failed : cause).getClass().getSimpleName()));
            }
        }
        return lines;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
