package dev.allclear.service;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes in order and waits for it: a process that ends on SIGTERM ends when its work is done, or when its time is up. */
public final class Shutdown {
    /** Everything must be over before an orchestrator's usual thirty seconds are. */
    public static final Duration LIMIT = Duration.ofSeconds(27);

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private Shutdown() {}

    /** Closes when the JVM is told to end; the JVM waits for it. */
    public static void onSignal(String what, Supplier<Future<Void>> close) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(what, close), "allclear-shutdown"));
    }

    /** Runs the steps one after another; a step that fails or takes longer than its limit does not stop those behind it. */
    @SafeVarargs
    public static Future<Void> inOrder(Duration limitOfEach, Supplier<Future<Void>>... steps) {
        Future<Void> done = Future.succeededFuture();
        for (Supplier<Future<Void>> step : steps) {
            done = done.compose(ignored -> once(step)
                    .timeout(limitOfEach.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(failure -> {
                        LOG.warn("a part did not close: {}", HostFindings.inOneLine(failure));
                        return Future.succeededFuture();
                    }));
        }
        return done;
    }

    private static Future<Void> once(Supplier<Future<Void>> step) {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private static void await(String what, Supplier<Future<Void>> close) {
        LOG.info("{} is closing", what);
        try {
            close.get().await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("{} has closed", what);
        } catch (TimeoutException late) {
            LOG.warn("{} did not close within {} s and ends regardless", what, LIMIT.toSeconds());
        } catch (RuntimeException failure) {
            LOG.warn("{} did not close cleanly: {}", what, HostFindings.inOneLine(failure));
        }
    }
}
