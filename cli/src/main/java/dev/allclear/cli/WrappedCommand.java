package dev.allclear.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command as if Allclear were not there: its input and output are ours, byte for byte; only its last lines are kept aside.
 */
final class WrappedCommand {
    private static final long PIPE_PATIENCE_MILLIS = 2_000;

    private final List<String> command;
    private final Map<String, String> extraEnvironment;

    WrappedCommand(List<String> command, Map<String, String> extraEnvironment) {
        this.command = List.copyOf(command);
        this.extraEnvironment = Map.copyOf(extraEnvironment);
    }

    /** How the command ended: its exit code (128 plus the signal when it was killed by one) and what it last said. */
    record Ending(int exitCode, String output) {}

    /**
     * Runs it to the end of its process; a child that outlives it and keeps its pipes open is not waited for.
     *
     * @throws UsageError when it cannot be started at all
     */
    Ending run(OutputStream out, OutputStream err) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(extraEnvironment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException cannotStart) {
            throw new UsageError(
                    "the command \"" + command.get(0) + "\" cannot be started: " + cannotStart.getMessage());
        }
        OutputTail tail = new OutputTail();
        Thread outPump = pump("command-stdout", process.getInputStream(), out, tail.lines());
        Thread errPump = pump("command-stderr", process.getErrorStream(), err, tail.lines());
        Thread onInterrupt = new Thread(() -> endInOrder(process), "command-end");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        int code = process.waitFor();
        outPump.join(PIPE_PATIENCE_MILLIS);
        errPump.join(PIPE_PATIENCE_MILLIS);
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException shuttingDown) {
            // the hook runs already and ends the process
        }
        return new Ending(code, tail.text());
    }

    private static void endInOrder(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
        }
    }

    private static Thread pump(String name, InputStream from, OutputStream to, OutputTail.Lines lines) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[8_192];
                    try {
                        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                            to.write(buffer, 0, n);
                            to.flush();
                            lines.feed(buffer, n);
                        }
                    } catch (IOException closed) {
                        // the process has ended and its pipe with it
                    }
                    lines.flush();
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
