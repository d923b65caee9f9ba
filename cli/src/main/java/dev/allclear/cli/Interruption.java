package dev.allclear.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM in the middle of a command: interrupts the thread that runs it, so that it unwinds as at its own end (the wrapped
 * command ended, services and broker closed, temporary files deleted), and holds the JVM until that is done or the time is up.
 */
final class Interruption {
    private static final long LIMIT_SECONDS = 27;

    private final CountDownLatch unwound = new CountDownLatch(1);
    private volatile boolean begun;

    /** Watches over the thread that calls this. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption();
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.begin(worker), "allclear-interruption"));
        return interruption;
    }

    /** Whether the process has been told to end; what fails from then on is no news. */
    boolean hasBegun() {
        return begun;
    }

    /** The thread has done its work, or has unwound: the JVM may end. */
    void workIsOver() {
        unwound.countDown();
    }

    private void begin(Thread worker) {
        if (unwound.getCount() == 0) {
            return;
        }
        begun = true;
        System.err.println("allclear: told to end; closing what is open");
        worker.interrupt();
        try {
            if (!unwound.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("allclear: not everything could be closed within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
