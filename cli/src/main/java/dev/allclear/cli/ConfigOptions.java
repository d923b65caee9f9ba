package dev.allclear.cli;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.model.DatabaseName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration is; shared by all commands that need one. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; ALLCLEAR_CONFIG or ./allclear.yaml when not given.")
    @Nullable
    Path file;

    private boolean withoutCluster;

    AllclearConfig load() {
        return ConfigFile.load(Optional.ofNullable(file), environment());
    }

    /** From now on as if no cluster were configured. */
    void leaveClusterOut() {
        withoutCluster = true;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        if (withoutCluster) {
            environment.put("ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS", "");
        }
        return environment;
    }

    /** The cluster's configuration, for commands that make no sense without one. */
    KafkaConfig cluster(String command) {
        AllclearConfig config = load();
        config.mistakes().throwIfAny();
        if (config.kafka().bootstrapServers().isEmpty()) {
            throw new UsageError(command + " needs a Kafka cluster: set kafka.bootstrap.servers in the configuration"
                    + " or ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS");
        }
        return config.kafka();
    }

    /** The alias as an event may carry it; it must be configured where this configuration knows databases at all. */
    static DatabaseName database(AllclearConfig config, String name) {
        DatabaseName database = databaseName(name);
        if (!config.databases().isEmpty() && !config.databases().containsKey(database)) {
            throw new UsageError("--database " + name + " is not in the configuration; configured: "
                    + String.join(
                            ", ",
                            config.databases().keySet().stream()
                                    .map(DatabaseName::value)
                                    .toList()));
        }
        return database;
    }

    static DatabaseName databaseName(String name) {
        try {
            return new DatabaseName(name);
        } catch (IllegalArgumentException invalid) {
            throw new UsageError("--" + invalid.getMessage());
        }
    }
}
