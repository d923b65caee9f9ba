package dev.allclear.config;

import dev.allclear.codec.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads {@code allclear.yaml} together with the environment. */
public final class ConfigFile {
    private static final String FILE_VARIABLE = "ALLCLEAR_CONFIG";
    private static final Path DEFAULT = Path.of("allclear.yaml");

    private ConfigFile() {}

    /** The file named, else the one in {@code ALLCLEAR_CONFIG}, else {@code allclear.yaml} where it exists, else the environment alone. */
    public static AllclearConfig load(Optional<Path> named, Map<String, String> environment) {
        return load(named, environment, UnaryOperator.identity());
    }

    /** As {@link #load(Optional, Map)}, with the file's tree amended before it is read. */
    public static AllclearConfig load(
            Optional<Path> named, Map<String, String> environment, UnaryOperator<Map<String, Object>> amendment) {
        Optional<Path> file = named.or(() ->
                        Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of))
                .or(() -> Files.exists(DEFAULT) ? Optional.of(DEFAULT) : Optional.empty());
        return parse(
                file.map(ConfigFile::text).orElse(""),
                file.map(Path::toString).orElse("configuration"),
                environment,
                amendment);
    }

    /** Reads the text; {@code source} is what to call it in messages. */
    public static AllclearConfig parse(String yaml, String source, Map<String, String> environment) {
        return parse(yaml, source, environment, UnaryOperator.identity());
    }

    private static AllclearConfig parse(
            String yaml, String source, Map<String, String> environment, UnaryOperator<Map<String, Object>> amendment) {
        Map<String, Object> tree;
        try {
            tree = Yaml.map(yaml);
        } catch (IllegalArgumentException broken) {
            throw new InvalidConfiguration(List.of(source + ": " + broken.getMessage()));
        }
        return AllclearConfig.read(Section.of(amendment.apply(tree), environment, new Mistakes()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new InvalidConfiguration(
                    List.of(file + ": cannot be read" + (Files.exists(file) ? "" : "; there is no such file")));
        }
    }
}
