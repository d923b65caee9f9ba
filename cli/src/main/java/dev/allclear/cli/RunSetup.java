package dev.allclear.cli;

import dev.allclear.aggregator.policy.Policies;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code run}, {@code verify} and {@code baseline} begin with: the configuration without a mistake, the database, and the checks
 * that are to answer.
 *
 * @param named the checks that the user named; empty leaves it to the policy
 */
record RunSetup(
        AllclearConfig config,
        DatabaseName database,
        Policies policies,
        Set<CheckName> named,
        Set<CheckName> required) {
    /** @param waivers to be applied beside the configured ones */
    static RunSetup read(
            ConfigOptions options,
            String database,
            Set<CheckName> named,
            List<Map<String, Object>> waivers,
            Clock clock) {
        AllclearConfig config = narrowed(options, named, waivers);
        Policies policies = Policies.read(config);
        Services.throwMistakes(config, clock);
        DatabaseName name = ConfigOptions.database(config, database);
        if (config.kafka().bootstrapServers().isEmpty() && config.databases().isEmpty()) {
            throw new UsageError("no database is configured: name it under databases in allclear.yaml (`allclear init`"
                    + " writes one), or set " + variable(name) + "_URI");
        }
        Set<CheckName> required = new TreeSet<>(policies.of(name).required());
        required.addAll(named);
        return new RunSetup(config, name, policies, named, required);
    }

    /** The checks that run here, where there is no cluster: those of teams as well, unless the user named some. */
    Set<CheckName> hosted() {
        return named.isEmpty() ? Services.withTeams(required) : required;
    }

    boolean hasCluster() {
        return config.kafka().bootstrapServers().isPresent();
    }

    /** What {@code --checks} left out in a run that was judged here; empty when it left out nothing. */
    Set<CheckName> narrowedTo() {
        return hasCluster() ? Set.of() : named;
    }

    /** The deadline the aggregator will keep to, and some time for the verdict to arrive. */
    Duration patience(Optional<Duration> deadline, Optional<Duration> logWatch) {
        return policies.of(database).effectiveDeadline(deadline, logWatch).plusSeconds(30);
    }

    /** Standalone, {@code --checks} narrows the policy, which is said; in a cluster the aggregator's policy stands. */
    private static AllclearConfig narrowed(
            ConfigOptions options, Set<CheckName> named, List<Map<String, Object>> waivers) {
        AllclearConfig loaded = options.load();
        if (loaded.kafka().bootstrapServers().isPresent() || (named.isEmpty() && waivers.isEmpty())) {
            return loaded;
        }
        Map<String, String> environment = options.environment();
        if (!named.isEmpty()) {
            String list = String.join(",", named.stream().map(CheckName::value).toList());
            environment.put("ALLCLEAR_POLICY_REQUIRED", list);
            loaded.databases().keySet().forEach(name -> environment.put(variable(name) + "_POLICY_REQUIRED", list));
        }
        return ConfigFile.load(Optional.ofNullable(options.file), environment, tree -> withWaivers(tree, waivers));
    }

    private static Map<String, Object> withWaivers(Map<String, Object> tree, List<Map<String, Object>> more) {
        List<Object> all = new ArrayList<>(more);
        Object written = tree.get("waivers");
        if (written != null && !(written instanceof List)) {
            return tree;
        }
        if (written instanceof List<?> list) {
            all.addAll(list);
        }
        Map<String, Object> amended = new LinkedHashMap<>(tree);
        amended.put("waivers", all);
        return amended;
    }

    private static String variable(DatabaseName name) {
        return "ALLCLEAR_DATABASES_" + name.value().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }
}
