package dev.allclear.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.allclear.codec.Yaml;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.testkit.BrokerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples, run as they are where their runtime is there: {@code ALLCLEAR_TEST_PYTHON} names a Python with confluent_kafka,
 * {@code NODE_PATH} a folder with kafkajs. A test whose runtime is missing says so and is skipped.
 */
final class ExamplesTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @TempDir
    Path directory;

    @Test
    void thePythonPublisherAnnouncesWaitsAndCompletes() throws Exception {
        String python = System.getenv().getOrDefault("ALLCLEAR_TEST_PYTHON", "/usr/bin/python3");
        needs("a Python with confluent_kafka", python, "-c", "import confluent_kafka");

        published(
                "python-run",
                python,
                EXAMPLES.resolve("python-publisher/publisher.py").toString());
    }

    @Test
    void theNodePublisherAnnouncesWaitsAndCompletes() throws Exception {
        needs("Node.js with kafkajs in NODE_PATH", "node", "-e", "require('kafkajs')");

        published(
                "node-run",
                "node",
                EXAMPLES.resolve("node-publisher/publisher.js").toString());
    }

    private void published(String run, String... interpreter) throws Exception {
        try (FakeServices services = new FakeServices(broker.kafka(), Set.of(), () -> {})) {
            List<String> command = new ArrayList<>(List.of(interpreter));
            command.addAll(List.of("shop", "flyway", "--", "sh", "-c", "echo migrating; exit 7"));
            Ended ended = run(
                    command,
                    Map.of(
                            "KAFKA",
                            broker.kafka().bootstrapServers().orElseThrow(),
                            "TOPIC_PREFIX",
                            broker.kafka().topicPrefix(),
                            "RUN_ID",
                            run));

            assertThat(ended.code()).as(ended.output()).isEqualTo(7);
            MigrationStarted started = services.started(run);
            MigrationCompleted completed = services.completed(run);
            assertThat(ended.output()).contains("migrating", run).doesNotContain("no \"before\"");
            assertThat(started.description().tool()).contains("flyway");
            assertThat(completed.exitCode()).contains(7);
            assertThat(completed.awaitedBaselines().orElseThrow()).hasSize(5);
        }
    }

    @Test
    void theShellScriptEndsWithTheVerdict() throws Exception {
        needs("curl 7.76 or newer and a POSIX shell", "sh", "-c", "curl --fail-with-body --version");

        assertThat(script("PASS", true, "true")).isEqualTo(0);
        assertThat(script("FAIL", true, "false")).isEqualTo(1);
        assertThat(script("INCONCLUSIVE", true, "true")).isEqualTo(3);
        assertThat(script("PASS", false, "true"))
                .as("a verdict that is not final")
                .isEqualTo(3);
        assertThat(Files.readString(directory.resolve("report.md"))).startsWith("# the report");
    }

    private int script(String decision, boolean isFinal, String command) throws Exception {
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            asked.add(path + " " + exchange.getRequestHeaders().getFirst("authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String answer = path.contains("report.md")
                    ? "# the report\n"
                    : path.contains("verdict")
                            ? "{\"decision\":\"" + decision + "\",\"final\":" + isFinal
                                    + ",\"reasons\":[{\"evidence\":{\"decision\":\"PASS\",\"final\":true}}]}"
                            : "{\"runId\":\"r-1\",\"captured\":[\"status\",\"rows\"],\"missing\":[\"logs\"]}";
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.contains("migrations") ? 202 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            Ended ended = run(
                    List.of(EXAMPLES.resolve("curl/verify-migration.sh").toString(), "sh", "-c", command),
                    Map.of(
                            "ALLCLEAR_URL",
                                    "http://127.0.0.1:" + server.getAddress().getPort(),
                            "ALLCLEAR_DATABASE", "shop",
                            "ALLCLEAR_TOOL", "flyway",
                            "ALLCLEAR_RUN_ID", "r-1",
                            "ALLCLEAR_TOKEN", "secret",
                            "ALLCLEAR_REPORT", directory.resolve("report.md").toString()));

            assertThat(asked).as(ended.output()).hasSize(4).allMatch(one -> one.contains("Bearer secret"));
            assertThat(asked.get(0))
                    .isEqualTo(
                            "/v1/migrations/r-1/started?wait=30s Bearer secret {\"database\":\"shop\",\"tool\":\"flyway\"}");
            assertThat(asked.get(1))
                    .isEqualTo(
                            "/v1/migrations/r-1/completed Bearer secret {\"database\":\"shop\",\"tool\":\"flyway\",\"exitCode\":"
                                    + (command.equals("true") ? 0 : 1)
                                    + ",\"awaitedBaselines\":[\"status\",\"rows\"]}");
            assertThat(ended.output()).contains("no \"before\" of \"logs\"");
            return ended.code();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theGitHubStepsRunAllclear_andShowTheReport() throws Exception {
        needs("bash", "bash", "-c", "true");
        Map<?, ?> workflow = Yaml.map(Files.readString(EXAMPLES.resolve("github-actions/migrate.yml")));
        List<?> steps = (List<?>) map(map(workflow.get("jobs")).get("migrate")).get("steps");
        List<String> scripts = steps.stream()
                .map(step -> map(step).get("run"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
        Path summary = directory.resolve("summary.md");

        assertThat(scripts).hasSize(2);
        for (String script : scripts) {
            Ended ended = run(
                    List.of("bash", "-e", "-c", script),
                    Map.of("GITHUB_STEP_SUMMARY", summary.toString(), "PATH", fakeAllclear()));
            assertThat(ended.code()).as(ended.output()).isZero();
        }

        assertThat(Files.readString(summary)).contains("# the report");
        assertThat(Files.readString(directory.resolve("arguments")))
                .contains("--database shop", "-- flyway -locations=filesystem:migrations migrate");
    }

    @Test
    void theGitLabJobRunsAllclear() throws Exception {
        needs("bash", "bash", "-c", "true");
        Map<?, ?> job = map(Yaml.map(Files.readString(EXAMPLES.resolve("gitlab-ci/.gitlab-ci.yml")))
                .get("migrate"));
        String script = String.valueOf(((List<?>) job.get("script")).get(0));

        Ended ended = run(List.of("bash", "-e", "-c", script), Map.of("PATH", fakeAllclear()));

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(Files.readString(directory.resolve("arguments")))
                .contains("-- flyway -locations=filesystem:migrations migrate");
    }

    /** A command that notes how it was called and leaves a report where it was told to. */
    private String fakeAllclear() throws IOException {
        Path command = Files.createDirectories(directory.resolve("bin")).resolve("allclear");
        Files.writeString(
                command,
                "#!/bin/sh\necho \"$@\" > arguments\nmkdir -p allclear-report\necho '# the report' > allclear-report/report.md\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        return command.getParent() + ":" + System.getenv("PATH");
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private record Ended(int code, String output) {}

    private void needs(String what, String... probe) {
        boolean there;
        try {
            there = run(List.of(probe), Map.of()).code() == 0;
        } catch (IOException absent) {
            there = false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        if (!there) {
            System.out.println("SKIPPED: this example needs " + what);
        }
        Assumptions.assumeTrue(there, "needs " + what);
    }

    private Ended run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(new TreeMap<>(environment));
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
