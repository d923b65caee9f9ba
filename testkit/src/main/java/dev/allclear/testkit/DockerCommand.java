package dev.allclear.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks the {@code docker} command, with a time limit, whether an image can be run. Testcontainers' own detection starts helpers and
 * retries for minutes where an engine has no registry.
 */
record DockerCommand(String program) {
    private static final Duration INSPECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration PULL_LIMIT = Duration.ofMinutes(3);

    /** Why the image cannot be run, or nothing. Pulls it when it is not there. */
    String whyNot(String image) {
        if (!succeeds(INSPECT_LIMIT, "version", "--format", "{{.Server.Version}}")) {
            return "no Docker engine answers";
        }
        if (succeeds(INSPECT_LIMIT, "image", "inspect", image) || succeeds(PULL_LIMIT, "pull", "-q", image)) {
            return "";
        }
        return "Docker has no image " + image + " and cannot pull it";
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
