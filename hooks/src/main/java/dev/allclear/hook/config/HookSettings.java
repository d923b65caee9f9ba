package dev.allclear.hook.config;

import dev.allclear.config.ConfigFile;
import dev.allclear.config.InvalidConfiguration;
import dev.allclear.config.KafkaConfig;
import dev.allclear.config.Secret;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.RunId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a hook needs to know. With neither an address nor a broker it stays silent.
 *
 * @param run the run's name; empty means a new one
 * @param console where the console is, such as {@code https://allclear.example}; it goes before the broker
 * @param baselineWait how long the migration may be held up for "before"
 * @param contactWait how long Allclear may take to take an announcement
 * @param isRequired whether a migration must not run, or must fail, when it cannot be announced
 * @param checks whose "before" to await over Kafka; over HTTP the console knows
 */
public record HookSettings(
        DatabaseName database,
        Optional<RunId> run,
        Optional<URI> console,
        Optional<Secret> token,
        Optional<KafkaConfig> kafka,
        Duration baselineWait,
        Duration contactWait,
        boolean isRequired,
        Set<CheckName> checks,
        Optional<Boolean> reversible,
        Optional<String> application) {
    private static final Duration BASELINE_WAIT = Duration.ofSeconds(30);
    private static final Duration CONTACT_WAIT = Duration.ofSeconds(10);

    public HookSettings {
        checks = Set.copyOf(checks);
    }

    /** Empty where no address is set, or where {@code allclear run} is around the tool and announces the migration itself. */
    public static Optional<HookSettings> read(Map<String, String> variables) {
        String run = variables.getOrDefault("ALLCLEAR_RUN_ID", "");
        if (!run.isEmpty() && variables.getOrDefault("PGAPPNAME", "").equals("allclear-run/" + run)) {
            return Optional.empty();
        }
        List<String> mistakes = new ArrayList<>();
        Optional<URI> console = read(variables, "ALLCLEAR_URL", HookSettings::address, mistakes);
        Optional<KafkaConfig> kafka = Optional.of(
                        ConfigFile.load(Optional.empty(), variables).kafka())
                .filter(config -> config.bootstrapServers().isPresent());
        if (console.isEmpty() && kafka.isEmpty() && mistakes.isEmpty()) {
            return Optional.empty();
        }
        Optional<DatabaseName> database = read(variables, "ALLCLEAR_DATABASE", DatabaseName::new, mistakes);
        if (database.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("ALLCLEAR_DATABASE must name the database as Allclear's configuration does");
        }
        Optional<Duration> wait = read(variables, "ALLCLEAR_BASELINE_WAIT", HookSettings::duration, mistakes);
        Optional<Duration> contact = read(variables, "ALLCLEAR_CONTACT_WAIT", HookSettings::duration, mistakes);
        Optional<Set<CheckName>> checks = read(variables, "ALLCLEAR_CHECKS", HookSettings::checks, mistakes);
        Optional<Boolean> required = read(variables, "ALLCLEAR_REQUIRED", HookSettings::flag, mistakes);
        Optional<Boolean> reversible = read(variables, "ALLCLEAR_REVERSIBLE", HookSettings::flag, mistakes);
        Optional<RunId> id = read(variables, "ALLCLEAR_RUN_ID", RunId::new, mistakes);
        if (!mistakes.isEmpty() || database.isEmpty()) {
            throw new InvalidConfiguration(mistakes);
        }
        return Optional.of(new HookSettings(
                database.get(),
                id,
                console,
                Optional.ofNullable(variables.get("ALLCLEAR_TOKEN")).map(Secret::new),
                kafka,
                wait.orElse(BASELINE_WAIT),
                contact.filter(limit -> !limit.isZero()).orElse(CONTACT_WAIT),
                required.orElse(false),
                checks.orElseGet(() -> Set.copyOf(CheckName.builtIn())),
                reversible,
                Optional.ofNullable(variables.get("ALLCLEAR_APPLICATION"))));
    }

    /** Whether a migration must not go on without an announcement, told even where the rest is wrong. */
    public static boolean isRequired(Map<String, String> variables) {
        return variables.getOrDefault("ALLCLEAR_REQUIRED", "").equalsIgnoreCase("true");
    }

    private static <T> Optional<T> read(
            Map<String, String> variables, String name, Function<String, T> reader, List<String> mistakes) {
        String value = variables.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(value));
        } catch (IllegalArgumentException wrong) {
            mistakes.add(name + ": " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static URI address(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("must be an http or https address, such as https://allclear.example");
        }
        return uri;
    }

    private static Duration duration(String text) {
        return Durations.parse(text)
                .filter(wait -> !wait.isNegative())
                .orElseThrow(() -> new IllegalArgumentException("must be a duration such as 30s"));
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static Set<CheckName> checks(String text) {
        Set<CheckName> checks = new TreeSet<>();
        for (String name : text.split(",", -1)) {
            checks.add(new CheckName(name.strip()));
        }
        return checks;
    }
}
