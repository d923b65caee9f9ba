package dev.allclear.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a command as if Allclear were not there: its input and output are ours, byte for byte; only its last lines are kept aside.
 */
final class WrappedCommand {
    private static final long PIPE_PATIENCE_MILLIS = 2_000;
    private static final long OWN_END_SECONDS = 2;
    private static final long ORDERLY_END_SECONDS = 10;
    private static final int BUFFER = 65_536;
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;
    private static final Pattern OWN_WORDS = Pattern.compile("error=\\d+, (.+)$");

    private final List<String> command;
    private final Map<String, String> extraEnvironment;

    WrappedCommand(List<String> command, Map<String, String> extraEnvironment) {
        this.command = List.copyOf(command);
        this.extraEnvironment = Map.copyOf(extraEnvironment);
    }

    /**
     * How the command ended: its exit code (128 plus the signal when it was killed by one) and what it last said.
     *
     * @param interrupted this process was told to end, and has ended the command
     */
    record Ending(int exitCode, String output, boolean interrupted) {
        /** The exit code in words; what shells and the JVM make of a signal is told apart. */
        String words() {
            return exitCode > SIGNALLED && exitCode <= SIGNALLED + LAST_SIGNAL
                    ? "exit code " + exitCode + " (as when killed by signal " + (exitCode - SIGNALLED) + ")"
                    : "exit code " + exitCode;
        }
    }

    /**
     * Runs it to the end of its process; a child that outlives it and keeps its pipes open is not waited for. When this thread is
     * interrupted meanwhile, the command is ended in order and its ending returned.
     *
     * @throws UsageError when it cannot be started at all
     */
    Ending run(OutputStream out, OutputStream err) throws InterruptedException {
        Process process = start(new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT));
        OutputTail tail = new OutputTail();
        Thread outPump = pump("command-stdout", process.getInputStream(), out, tail.lines());
        Thread errPump = pump("command-stderr", process.getErrorStream(), err, tail.lines());
        boolean interrupted = isInterruptedBefore(process);
        int code = process.waitFor();
        interrupted |= isInterruptedBefore(outPump);
        interrupted |= isInterruptedBefore(errPump);
        return new Ending(code, tail.text(), interrupted);
    }

    /** As {@link #run}, with our own terminal as all its streams; what it says is then not known. */
    Ending runOnOurTerminal() throws InterruptedException {
        Process process = start(new ProcessBuilder(command).inheritIO());
        boolean interrupted = isInterruptedBefore(process);
        return new Ending(process.waitFor(), "", interrupted);
    }

    private Process start(ProcessBuilder builder) {
        builder.environment().putAll(extraEnvironment);
        try {
            return builder.start();
        } catch (IOException cannotStart) {
            throw new UsageError("the command \"" + command.get(0) + "\" cannot be started: " + reason(cannotStart));
        }
    }

    /** Waits for its end; when this thread is interrupted before, the command is ended. */
    private static boolean isInterruptedBefore(Process process) throws InterruptedException {
        try {
            process.waitFor();
            return false;
        } catch (InterruptedException toldToEnd) {
            endInOrder(process);
            return true;
        }
    }

    /** The Ctrl-C that ended the command may reach us only now: how it ended is told all the same. */
    private static boolean isInterruptedBefore(Thread pump) {
        try {
            pump.join(PIPE_PATIENCE_MILLIS);
            return false;
        } catch (InterruptedException toldToEnd) {
            return true;
        }
    }

    /** A terminal's Ctrl-C has reached the command too: it is told to end only when it does not do so by itself. */
    private static void endInOrder(Process process) throws InterruptedException {
        if (process.waitFor(OWN_END_SECONDS, TimeUnit.SECONDS)) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        // by its handle: a Process' own destroy closes the pipes too, and the command could not say its last words
        process.toHandle().destroy();
        children.forEach(ProcessHandle::destroy);
        if (!process.waitFor(ORDERLY_END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The operating system's words, without those that Java puts before them. */
    private static String reason(IOException cannotStart) {
        String message = String.valueOf(cannotStart.getMessage());
        Matcher own = OWN_WORDS.matcher(message);
        return own.find() ? own.group(1) : message;
    }

    private static Thread pump(String name, InputStream from, OutputStream to, OutputTail.Lines lines) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[BUFFER];
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
