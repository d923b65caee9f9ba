package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code allclear scan -} as a process of its own, behind a pipe. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScanStandardInputTest {
    private static final String MISSING = "ERROR pq: column orders.total does not exist\n";

    private Process process;
    private CompletableFuture<String> complaints = new CompletableFuture<>();

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AllclearMain.class.getName()));
        command.addAll(List.of("scan", "--format", "ndjson", "-"));
        process = new ProcessBuilder(command).start();
        complaints = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException closed) {
                return "";
            }
        });
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void tellsWhatItFindsWhileThePipeGoesOn_andEndsWithIt() throws Exception {
        start();
        BufferedReader told =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        OutputStream pipe = process.getOutputStream();
        pipe.write(("INFO started\n" + MISSING + "INFO served\n").getBytes(StandardCharsets.UTF_8));
        pipe.flush();

        Map<String, Object> first = Json.parse(told.readLine());

        assertThat(first)
                .containsEntry("file", "-")
                .containsEntry("line", 2)
                .containsEntry("code", "logs.undefined-column")
                .containsEntry("object", "orders.total");
        assertThat(process.isAlive()).isTrue();

        // the last line has no end
        pipe.write("ERROR pq: relation \"carts\" does not exist".getBytes(StandardCharsets.UTF_8));
        pipe.close();

        assertThat(Json.parse(told.readLine())).containsEntry("line", 4).containsEntry("object", "carts");
        assertThat(told.readLine()).isNull();
        assertThat(ended()).isEqualTo(ExitCode.FAIL);
    }

    @Test
    void passes_whenThePipeHoldsNoError() throws Exception {
        start();
        process.getOutputStream().write("INFO served\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();

        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(ended()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void readsAMillionShortLinesAndOneOfAMegabyteInLittleMemory() throws Exception {
        // 22 MB come through the pipe; as strings they would not fit
        start("-Xmx48m");
        CompletableFuture<Void> written = CompletableFuture.runAsync(this::writeALot);

        List<String> told = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .toList();

        written.get(60, TimeUnit.SECONDS);
        assertThat(ended()).as(complaints.join()).isEqualTo(ExitCode.FAIL);
        assertThat(told).hasSize(11);
        assertThat(Json.parse(told.get(0))).containsEntry("line", 100_000);
        assertThat(Json.parse(told.get(10))).containsEntry("line", 1_000_002).containsEntry("object", "orders.total");
    }

    /** Every hundred thousandth line is an error, and so is the one behind the long line. */
    private void writeALot() {
        try (OutputStream pipe = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
            byte[] fine = "INFO served /orders\n".getBytes(StandardCharsets.UTF_8);
            byte[] missing = MISSING.getBytes(StandardCharsets.UTF_8);
            for (int line = 1; line <= 1_000_000; line++) {
                pipe.write(line % 100_000 == 0 ? missing : fine);
            }
            pipe.write(("INFO " + "x".repeat(1 << 20) + "\n").getBytes(StandardCharsets.UTF_8));
            pipe.write(missing);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private int ended() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
