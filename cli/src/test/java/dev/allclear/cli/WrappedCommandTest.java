package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WrappedCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void passesBothOutputsThrough_andKeepsThemForTheStatusCheck() throws InterruptedException {
        WrappedCommand.Ending ending = shell("printf 'first\\nno end'; echo 'WARNING: old' >&2; exit 7");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first\nno end");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("WARNING: old\n");
        assertThat(ending.output()).contains("first\n").contains("no end\n").contains("WARNING: old\n");
        assertThat(ending.words()).isEqualTo("exit code 7");
    }

    @Test
    void givesTheCommandItsEnvironment() throws InterruptedException {
        new WrappedCommand(List.of("sh", "-c", "printf %s \"$ALLCLEAR_RUN_ID\""), Map.of("ALLCLEAR_RUN_ID", "r1"))
                .run(out, err);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("r1");
    }

    @Test
    void tellsASignalApart() throws InterruptedException {
        WrappedCommand.Ending ending = shell("kill -9 $$");

        assertThat(ending.exitCode()).isEqualTo(137);
        assertThat(ending.words()).contains("signal 9");
    }

    @Test
    void doesNotWaitForAChildThatOutlivesTheCommand() throws InterruptedException {
        long begun = System.nanoTime();

        WrappedCommand.Ending ending = shell("sleep 50 & echo $!");

        long pid = Long.parseLong(out.toString(StandardCharsets.UTF_8).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(ending.exitCode()).isZero();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(20);
    }

    @Test
    void isAUsageErrorInTheSystemsWords_whenItCannotBeStarted() {
        WrappedCommand command = new WrappedCommand(List.of("/no/such/command"), Map.of());

        assertThatThrownBy(() -> command.run(out, err))
                .isInstanceOf(UsageError.class)
                .hasMessage("the command \"/no/such/command\" cannot be started: No such file or directory");
    }

    @Test
    void endsTheCommandAndItsChildren_whenInterrupted() throws Exception {
        Path pids = directory.resolve("pids");
        CompletableFuture<WrappedCommand.Ending> ended = new CompletableFuture<>();
        Thread worker = new Thread(() -> {
            try {
                ended.complete(
                        shell("sleep 50 & echo $! $$ > " + pids + ".new; mv " + pids + ".new " + pids + "; wait"));
            } catch (InterruptedException | RuntimeException failed) {
                ended.completeExceptionally(failed);
            }
        });
        worker.start();
        Awaitility.await().until(() -> Files.exists(pids));

        worker.interrupt();

        assertThat(ended.get(30, TimeUnit.SECONDS).interrupted()).isTrue();
        Awaitility.await().untilAsserted(() -> assertThat(alive(pids)).isEmpty());
    }

    private static List<ProcessHandle> alive(Path pids) throws IOException {
        return List.of(Files.readString(pids).strip().split(" ")).stream()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .flatMap(Optional::stream)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private WrappedCommand.Ending shell(String script) throws InterruptedException {
        return new WrappedCommand(List.of("sh", "-c", script), Map.of()).run(out, err);
    }
}
