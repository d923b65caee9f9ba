package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.allclear.aggregator.alert.AlertSettings;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.model.DatabaseName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
final class InitTest {
    @TempDir
    Path directory;

    @Test
    void writesAConfigurationWithoutAMistake_withItsSchemaBesideIt() throws IOException {
        Path file = directory.resolve("new.yaml");

        CommandLineRun run = CommandLineRun.of("init", file.toString());

        assertThat(run.code()).as("%s", run).isZero();
        assertThat(file).content().startsWith("# yaml-language-server: $schema=.allclear/allclear.schema.json\n");
        assertThat(directory.resolve(".allclear/allclear.schema.json")).hasContent(InitTemplate.schema());
        AllclearConfig config = ConfigFile.parse(Files.readString(file), "new.yaml", System.getenv());
        assertThatCode(() -> read(config)).doesNotThrowAnyException();
    }

    @Test
    void replacesNothing_unlessForced() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "mine");

        CommandLineRun refused = CommandLineRun.of("init", file.toString());
        CommandLineRun forced = CommandLineRun.of("init", "--force", file.toString());

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("is there already; --force replaces it");
        assertThat(forced.code()).isZero();
        assertThat(file).content().contains("databases:");
    }

    @Test
    void takesTheDatabaseFromTheEnvironment_andNeverThePassword() {
        Map<String, String> environment = Map.of(
                "PGHOST", "db.internal",
                "PGPORT", "6432",
                "PGUSER", "all clear",
                "PGDATABASE", "billing",
                "PGSSLMODE", "verify-full",
                "PGPASSWORD", "hunter2-planted");

        String yaml = new InitTemplate(environment).yaml("schema");

        AllclearConfig config = ConfigFile.parse(yaml, "new", environment);
        read(config);
        assertThat(config.databases().get(new DatabaseName("billing")).uri())
                .isEqualTo("postgresql://all%20clear@db.internal:6432/billing?sslmode=verify-full");
        assertThat(config.databases()
                        .get(new DatabaseName("billing"))
                        .password()
                        .orElseThrow()
                        .reveal())
                .isEqualTo("hunter2-planted");
        assertThat(yaml).doesNotContain("hunter2-planted");
    }

    @Test
    void refersToTheAddressAsAWhole_whereItMayHoldThePassword() {
        Map<String, String> environment = Map.of("DATABASE_URL", "postgres://app:hunter2-planted@db:5432/shop_eu");

        String yaml = new InitTemplate(environment).yaml("schema");

        AllclearConfig config = ConfigFile.parse(yaml, "new", environment);
        read(config);
        assertThat(config.databases().get(new DatabaseName("shop_eu")).uri())
                .isEqualTo(environment.get("DATABASE_URL"));
        assertThat(yaml).doesNotContain("hunter2-planted").contains("From DATABASE_URL: db:5432");
    }

    @ParameterizedTest
    @CsvSource({"'a: b',shop", "null,shop", "'\"x\"\n- y',shop", "12,shop", "Orders-EU,Orders-EU"})
    void namesItSoThatTheFileStaysYaml(String database, String alias) {
        Map<String, String> environment = Map.of("PGDATABASE", database, "PGHOST", "h\nevil: true");

        AllclearConfig config = ConfigFile.parse(new InitTemplate(environment).yaml("s"), "new", environment);

        read(config);
        assertThat(config.databases().keySet()).containsExactly(new DatabaseName(alias));
        assertThat(config.databases().get(new DatabaseName(alias)).uri()).contains("@localhost:5432/");
    }

    @Test
    void everythingThatIsCommentedOutIsRightToo() {
        String whole = new InitTemplate(Map.of())
                .yaml("schema")
                .lines()
                .map(line -> line.replaceFirst("^( *)#((?:  )+|(?=[^ ]))(?=\\S)", "$1$2"))
                .collect(Collectors.joining("\n"));
        Map<String, String> environment = Map.of("PGPASSWORD", "x", "SLACK_WEBHOOK", "https://hooks.example.com/x");

        AllclearConfig config = ConfigFile.parse(whole, "new", environment);

        read(config);
        assertThat(config.kafka().bootstrapServers()).isPresent();
        assertThat(AlertSettings.read(config).recipients()).hasSize(2);
        assertThat(config.databases().get(new DatabaseName("shop")).section().keys())
                .contains("latency", "logs", "locks", "budget", "password");
    }

    private static void read(AllclearConfig config) {
        Policies.read(config);
        AlertSettings.read(config);
        Services.throwMistakes(config, Clock.systemUTC());
    }
}
