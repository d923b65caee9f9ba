package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScanCommandTest {
    private static final String LOG =
            "INFO started\nERROR psycopg2.errors.UndefinedColumn: column orders.total does not exist\n";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int scan(String... arguments) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new CommandLine(new ScanCommand(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Test
    void printsAnObjectAFinding() throws Exception {
        Path log = Files.writeString(directory.resolve("app.log"), LOG);

        int code = scan("--format", "ndjson", log.toString());

        assertThat(code).isEqualTo(ExitCode.FAIL);
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(1);
        Map<String, Object> finding = Json.parse(lines.get(0));
        assertThat(finding.keySet())
                .containsExactly("file", "line", "code", "sqlstate", "object", "fingerprint", "text");
        assertThat(finding)
                .containsEntry("file", log.toString())
                .containsEntry("line", 2)
                .containsEntry("code", "logs.undefined-column")
                .containsEntry("object", "orders.total");
    }

    @Test
    void unpacks() throws Exception {
        Path log = directory.resolve("app.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
            out.write(LOG.getBytes(StandardCharsets.UTF_8));
        }

        int code = scan(log.toString());

        assertThat(code).isEqualTo(ExitCode.FAIL);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(":2: logs.undefined-column orders.total");
    }

    @Test
    void saysThatNothingWasFound() throws Exception {
        Path log = Files.writeString(directory.resolve("app.log"), "INFO started\n");

        assertThat(scan(log.toString())).isEqualTo(ExitCode.PASS);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void provesNothing_whenALogCannotBeRead() throws Exception {
        Path log = Files.writeString(directory.resolve("app.log"), "INFO started\n");

        assertThat(scan(log.toString(), directory + "/none.log")).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void provesNothing_whenALogIsPackedOrEncodedAsItCannotRead() throws Exception {
        Path utf16 = Files.write(directory.resolve("utf16.log"), ("\ufeff" + LOG).getBytes(StandardCharsets.UTF_16LE));
        Path zstd = Files.write(directory.resolve("app.log.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 4});
        Path xz = Files.write(directory.resolve("app.log.1"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0});

        assertThat(scan(utf16.toString())).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(scan(zstd.toString())).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(scan(xz.toString())).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void unpacks_whateverTheNameOfTheFile() throws Exception {
        Path log = directory.resolve("app.log.gz.1");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
            out.write(LOG.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(scan(log.toString())).isEqualTo(ExitCode.FAIL);
    }
}
