package dev.allclear.cli.conformance;

import dev.allclear.cli.UsageError;
import dev.allclear.config.KafkaConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The check's own command, started where it finds the broker; its standard error is shown. */
final class CheckProcess implements AutoCloseable {
    private final Process process;

    private CheckProcess(Process process) {
        this.process = process;
    }

    static CheckProcess start(List<String> command, KafkaConfig kafka) {
        String servers = kafka.bootstrapServers().orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "KAFKA", servers,
                        "TOPIC_PREFIX", kafka.topicPrefix(),
                        "ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS", servers));
        try {
            return new CheckProcess(builder.start());
        } catch (IOException failed) {
            throw new UsageError("the check's command cannot be started: " + failed.getMessage());
        }
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** kill -9: nobody asks a machine that loses power. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
