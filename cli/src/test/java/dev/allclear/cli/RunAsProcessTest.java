package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.allclear.cli.progress.VirtualTerminal;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.testkit.PostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code allclear run} as a process of its own, around real commands: these behave as without it. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RunAsProcessTest {
    private static final int MUCH = 100 << 20;
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    static Path directory;

    private static final List<Process> STARTED = new CopyOnWriteArrayList<>();

    private static Standalone cluster;

    @BeforeAll
    static void startTheServices() throws IOException {
        String yaml = """
                databases:
                  shop: { uri: %s, status: { settle: 0s } }
                policy: { required: [status], log-watch: 0s }
                """.formatted(postgres.uri());
        cluster = Standalone.start(
                ConfigFile.parse(yaml, "test", Map.of()),
                Set.of(CheckName.STATUS),
                StandaloneOptions.NONE,
                Clock.systemUTC());
        Files.writeString(
                directory.resolve("allclear.yaml"),
                "kafka: { bootstrap.servers: \""
                        + cluster.kafka().bootstrapServers().orElseThrow() + "\" }\n" + yaml);
    }

    @AfterAll
    static void stopTheServices() {
        cluster.close();
    }

    @AfterEach
    void leaveNothingRunning() {
        STARTED.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        STARTED.clear();
    }

    @Test
    void passesInputAndAHundredMegabytesThrough_byteForByte_inLittleMemory_andTellsTheSignal() throws Exception {
        String script = "cat; yes allclear | head -c " + MUCH + "; kill -9 $$";
        Process run = start(allclear("much", "sh", "-c", script));
        try (OutputStream in = run.getOutputStream()) {
            in.write("without an end".getBytes(StandardCharsets.UTF_8));
        }
        byte[] line = "allclear\n".getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        long wrong = 0;
        String first;
        try (InputStream out = run.getInputStream()) {
            first = new String(out.readNBytes("without an end".length()), StandardCharsets.UTF_8);
            for (int n = out.read(buffer); n >= 0; n = out.read(buffer)) {
                for (int i = 0; i < n && bytes + i < MUCH; i++) {
                    wrong += buffer[i] == line[(int) ((bytes + i) % line.length)] ? 0 : 1;
                }
                bytes += n;
            }
        }

        assertThat(run.waitFor()).isEqualTo(ExitCode.FAIL);
        assertThat(first).isEqualTo("without an end");
        assertThat(wrong).isZero();
        assertThat(bytes).isGreaterThan(MUCH).isLessThan(MUCH + 20_000L);
        assertThat(Files.readString(directory.resolve("stderr-much")))
                .contains("exit code 137 (as when killed by signal 9)");
        assertThat(completion("much").exitCode()).contains(137);
    }

    @Test
    void givesTheTerminalToACommandThatAsks() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "skipped: " + SCRIPT + ", which makes a terminal, is not here");
        String asking =
                "test -t 0 && test -t 1 && test -t 2 && printf 'version? ' && read v < /dev/tty && echo took $v";
        Process run = start(onTerminal(allclear("asks", "--terminal", "--", "sh", "-c", asking)));
        try (OutputStream in = run.getOutputStream()) {
            in.write("42\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            String out = read(run);

            assertThat(out).contains("version? ").contains("took 42");
        }
        assertThat(completion("asks").exitCode()).contains(0);
    }

    @Test
    void leavesTheCommandItsKeyboard_andLetsCtrlCReachIt_thenTellsItsEnd() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "skipped: " + SCRIPT + ", which makes a terminal, is not here");
        assumeTrue(
                heedsInterrupts(),
                "skipped: whoever started these tests ignores SIGINT, as does every process of theirs (nohup, or & in a script)");
        Path ready = directory.resolve("ready");
        String trapping = "test -t 0 && read v && echo took $v; trap 'echo cleaned up; exit 7' INT; : > " + ready
                + "; while :; do sleep 0.1; done";
        Process run = start(onTerminal(allclear("ctrl-c", "--", "sh", "-c", trapping)));
        OutputStream keyboard = run.getOutputStream();
        keyboard.write("42\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));

        keyboard.write(3);
        keyboard.flush();

        assertThat(read(run)).contains("took 42", "cleaned up", "closing what is open");
        assertThat(run.waitFor()).isNotZero();
        assertThat(completion("ctrl-c").exitCode()).contains(7);
    }

    @Test
    void endsTheCommandInOrder_whenToldToEnd() throws Exception {
        Path ready = directory.resolve("ready-to-end");
        String trapping = "trap 'echo cleaned up; exit 8' TERM; : > " + ready + "; while :; do sleep 0.1; done";
        Process run = start(allclear("term", "--", "sh", "-c", trapping));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));

        // a process' own destroy would close our end of its output
        assertThat(run.toHandle().destroy()).isTrue();

        assertThat(read(run)).contains("cleaned up");
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(completion("term").exitCode()).contains(8);
    }

    @Test
    void drawsItsProgressInItsPlace_leavesTheCommandsOutputAlone_andNothingBehind() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "skipped: " + SCRIPT + ", which makes a terminal, is not here");
        Process run = start(onTerminal(allclear("live", "--", "sh", "-c", "sleep 2; printf 'one\\ntwo'")));

        String sent = read(run);

        assertThat(run.waitFor()).isNotEqualTo(ExitCode.USAGE);
        assertThat(sent).contains("nothing heard from it yet", "waits for \"before\" of status", "status");
        VirtualTerminal seen = new VirtualTerminal(80, 24).feed(sent);
        assertThat(seen.text())
                .containsPattern("\none\ntwo\n\\[ *[0-9.]+s] the command ended")
                .contains("Did it complete fully?")
                .doesNotContain("waits for")
                .doesNotContain("nothing heard");
        assertThat(seen.wraps()).isTrue();
        assertThat(sent.substring(sent.indexOf("running: sh"), sent.indexOf("two")))
                .as("what is sent while the command has the terminal")
                .doesNotContain("\u001b[J", "waits for");
    }

    @Test
    void drawsNothing_onATerminalThatCannotDraw() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "skipped: " + SCRIPT + ", which makes a terminal, is not here");
        Process run = start(onTerminal(allclear("dumb", "--", "true")), Map.of("TERM", "dumb"));

        String sent = read(run);

        assertThat(run.waitFor()).isNotEqualTo(ExitCode.USAGE);
        assertThat(sent).contains("status   has measured").doesNotContain("\u001b");
    }

    private static List<String> allclear(String id, String... command) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AllclearMain.class.getName(),
                "run",
                "--config",
                directory.resolve("allclear.yaml").toString(),
                "--database",
                "shop",
                "--id",
                id));
        words.addAll(Arrays.asList(command));
        return words;
    }

    /** Through util-linux' script: the process and its children have a terminal of their own, whose keyboard is our pipe. */
    private static List<String> onTerminal(List<String> command) {
        String line = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return List.of(SCRIPT.toString(), "--quiet", "--return", "--command", line, "/dev/null");
    }

    /** What a process ignores when it is started its children ignore too, and no shell can trap it. */
    private static boolean heedsInterrupts() throws IOException {
        long interrupt = 1L << 1;
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .noneMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & interrupt) != 0);
    }

    private static Process start(List<String> command) throws IOException {
        return start(command, Map.of("TERM", "xterm", "CI", ""));
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        int at = command.indexOf("--id");
        String id = at < 0 ? "terminal" : command.get(at + 1);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve("stderr-" + id).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        STARTED.add(process);
        return process;
    }

    private static String read(Process run) throws IOException {
        return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static MigrationCompleted completion(String run) {
        AtomicReference<MigrationCompleted> found = new AtomicReference<>();
        EventTail tail = EventTail.fromBeginning(cluster.kafka(), Set.of(Topic.MIGRATIONS), received -> {
            if (received.event() instanceof MigrationCompleted completed
                    && completed.run().value().equals(run)) {
                found.set(completed);
            }
        });
        try {
            return Awaitility.await().atMost(Duration.ofSeconds(60)).until(found::get, completed -> completed != null);
        } finally {
            tail.close();
        }
    }
}
