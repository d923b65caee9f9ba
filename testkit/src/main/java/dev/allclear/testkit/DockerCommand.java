package dev.allclear.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks the {@code docker} command, with a time limit, whether images can be run. Testcontainers' own detection starts helpers and
 * retries for minutes where an engine has no registry.
 */
record DockerCommand(String program) {
    private static final Duration INSPECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration PULL_LIMIT = Duration.ofMinutes(3);

    /** Why one of the images cannot be run, or nothing. Pulls those that are not there, all of them within one time limit. */
    String whyNot(List<String> images) {
        if (!succeeds(INSPECT_LIMIT, "version", "--format", "{{.Server.Version}}")) {
            return "no Docker engine answers";
        }
        long end = System.nanoTime() + PULL_LIMIT.toNanos();
        for (String image : images) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!succeeds(INSPECT_LIMIT, "image", "inspect", image) && !succeeds(left, "pull", "-q", image)) {
                return "Docker has no image " + image + " and cannot pull it";
            }
        }
        return "";
    }

    private boolean succeeds(Duration limit, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = program;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
