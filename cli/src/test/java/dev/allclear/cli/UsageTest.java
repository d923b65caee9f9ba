package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Mistakes of the user: one clear sentence, exit code 2, and nothing was started or run. */
@ResourceLock(Resources.SYSTEM_ERR)
final class UsageTest {
    @TempDir
    Path directory;

    private Path config;
    private Path proof;
    private String said = "";

    @BeforeEach
    void configure() throws IOException {
        proof = directory.resolve("the-command-ran");
        config = write("allclear.yaml", """
                databases:
                  shop:
                    uri: postgresql://allclear@localhost:1/shop
                """);
    }

    @Test
    void namesAnOptionThatDoesNotExist_andTheOneThatWasMeant() {
        int code = run("--databse", "shop");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said)
                .contains("Unknown option: '--databse'")
                .contains("--database")
                .contains("allclear run --help");
    }

    @Test
    void namesKnownTools_whenTheToolIsUnknown() {
        int code = run("--database", "shop", "--tool", "nonsense");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said)
                .contains("--tool nonsense is not known")
                .contains("flyway")
                .contains("sql");
    }

    @Test
    void namesConfiguredDatabases_whenTheDatabaseIsUnknown() {
        int code = run("--database", "shopp");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("--database shopp is not in the configuration; configured: shop");
    }

    @Test
    void namesEveryMistakeOfAConfigurationAtOnce_alsoThoseInTheChecksParts() throws IOException {
        config = write("wrong.yaml", """
                kafka: { partitions: many }
                databases:
                  shop:
                    uri: mysql://x
                    status: { settle: soon }
                    latency: { queries: [ { name: a } ] }
                    locks: { wran: 3s }
                    logs: [ { fil: x } ]
                policy: { deadline: later }
                """);

        int code = run("--database", "shop");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said)
                .contains("kafka.partitions", "databases.shop.uri", "databases.shop.status.settle")
                .contains("databases.shop.latency.queries[0].sql", "databases.shop.locks.wran")
                .contains("databases.shop.logs[0]", "policy.deadline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- { table: [ public.orders",
                "table: public.orders",
                "- { table: public.orders, filld: currency }",
                "- 7",
                "# nothing"
            })
    void saysWhatIsWrongWithExpectations_inWordsOfTheFile(String expectations) throws IOException {
        Path file = write("expect.yaml", expectations);

        int code = run("--database", "shop", "--expect", file.toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("--expect " + file).doesNotContain("java.").doesNotContain("Deserialize");
    }

    @Test
    void refusesAReportDirectoryThatCannotBe_beforeTheCommandIsRun() throws IOException {
        Path file = write("a-file", "");

        int code = run("--database", "shop", "--report", file.toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("--report " + file + " cannot be made a directory: it is a file");
    }

    @Test
    void saysThatTheCommandIsMissing() {
        int code = execute("run", "--config", config.toString(), "--database", "shop", "--");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("COMMAND");
    }

    @Test
    void teaches_whenCalledWithNothing() {
        int code = execute();

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("allclear demo").contains("publish").contains("Exit codes");
    }

    private int run(String... options) {
        Stream<String> command = Stream.of("--", "touch", proof.toString());
        int code = execute(Stream.of(Stream.of("run", "--config", config.toString()), Stream.of(options), command)
                .flatMap(part -> part)
                .toArray(String[]::new));
        assertThat(proof).doesNotExist();
        return code;
    }

    private int execute(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setErr(err);
            CommandLine line = AllclearMain.commandLine(new Interruption());
            return line.setErr(new PrintWriter(err, true)).execute(arguments);
        } finally {
            System.setErr(before);
            said = bytes.toString(StandardCharsets.UTF_8);
            assertThat(said).doesNotContain("\tat ");
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(directory.resolve(name), List.of(text));
    }
}
