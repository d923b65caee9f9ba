package dev.allclear.acceptance.teams;

import dev.allclear.config.KafkaConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process in another language that meets Allclear on the broker. */
final class ForeignProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ForeignProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ForeignProcess start(List<String> command, Path folder, KafkaConfig kafka, Map<String, String> more) {
        try {
            Path log = Files.createTempFile("foreign", ".log");
            log.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("KAFKA", kafka.bootstrapServers().orElseThrow());
            builder.environment().put("TOPIC_PREFIX", kafka.topicPrefix());
            builder.environment().putAll(more);
            return new ForeignProcess(builder.start(), log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            process.destroyForcibly();
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
