package dev.allclear.aggregator.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsoleSettingsTest {
    private static final Map<String, String> TOKEN = Map.of("T", "0123456789abcdef");

    @Test
    void isOpenOnLoopback_whenNothingIsSaid() {
        ConsoleSettings settings = ConsoleSettings.read(ConfigFile.parse("", "test", Map.of()));

        assertThat(settings.isEnabled()).isTrue();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.mayMove()).isTrue();
        assertThat(settings.token()).isEmpty();
    }

    @Test
    void takesEveryValue() {
        AllclearConfig config = ConfigFile.parse(
                "console: { host: 0.0.0.0, port: 9000, token: \"${env:T}\", hosts: [Console.Example] }", "test", TOKEN);

        ConsoleSettings settings = ConsoleSettings.read(config);

        assertThat(config.mistakes().found()).isEmpty();
        assertThat(settings)
                .isEqualTo(new ConsoleSettings(
                        true,
                        "0.0.0.0",
                        9000,
                        false,
                        Set.of("console.example"),
                        java.util.Optional.of(new Secret("0123456789abcdef"))));
        assertThat(settings.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void sharesNoPortWithHealthAndMetrics() {
        AllclearConfig chosen = ConfigFile.parse("http: { port: 9000 }\nconsole: { port: 9000 }", "test", Map.of());
        AllclearConfig byChance = ConfigFile.parse("http: { port: 8080 }", "test", Map.of());

        ConsoleSettings.read(chosen);

        assertThat(chosen.mistakes().found()).singleElement().asString().contains("console.port", "http.port");
        assertThat(ConsoleSettings.read(byChance).port()).isZero();
        assertThat(byChance.mistakes().found()).isEmpty();
    }

    @Test
    void takesEveryValueFromTheEnvironmentAsWell() {
        AllclearConfig config = ConfigFile.parse(
                "",
                "test",
                Map.of(
                        "ALLCLEAR_CONSOLE_HOST", "0.0.0.0",
                        "ALLCLEAR_CONSOLE_PORT", "8080",
                        "ALLCLEAR_CONSOLE_HOSTS", "a.example,b.example",
                        "ALLCLEAR_CONSOLE_TOKEN", "allclear-on-this-machine"));

        ConsoleSettings settings = ConsoleSettings.read(config);

        assertThat(config.mistakes().found()).isEmpty();
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.mayMove()).isFalse();
        assertThat(settings.hosts()).containsExactlyInAnyOrder("a.example", "b.example");
        assertThat(settings.token()).contains(new Secret("allclear-on-this-machine"));
    }

    @Test
    void refusesToListenToOthers_withoutAToken() {
        assertThat(mistakes("console: { host: 0.0.0.0 }", Map.of()))
                .singleElement()
                .asString()
                .startsWith("console.token: is required where console.host is not loopback");
        assertThat(mistakes("console: { host: 127.0.0.1.example }", Map.of())).hasSize(1);
        assertThat(mistakes("console: { host: 127.1.2.3 }", Map.of())).isEmpty();
        assertThat(mistakes("console: { host: 0.0.0.0, enabled: false }", Map.of()))
                .isEmpty();
    }

    @Test
    void namesEveryMistakeAtOnce_andNoSecretInAnyOfThem() {
        List<String> mistakes =
                mistakes("console: { port: 99999, token: short-secret, hosts: [\"a/b\"], colour: red }", Map.of());

        assertThat(mistakes).hasSize(5);
        assertThat(String.join("\n", mistakes))
                .contains("console.port", "console.token", "console.hosts", "console.colour")
                .doesNotContain("short-secret");
    }

    private static List<String> mistakes(String yaml, Map<String, String> environment) {
        AllclearConfig config = ConfigFile.parse(yaml, "test", environment);
        ConsoleSettings.read(config);
        return config.mistakes().found();
    }
}
