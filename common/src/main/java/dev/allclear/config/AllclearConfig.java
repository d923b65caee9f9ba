package dev.allclear.config;

import dev.allclear.model.DatabaseName;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole configuration. Reading does not throw on wrong values: they are in {@link #mistakes()}, to which each check adds those
 * of its own part; whoever reads last calls {@link Mistakes#throwIfAny()}.
 *
 * @param root the whole tree, from which the aggregator reads {@code policy}, {@code alerts}, {@code waivers} and
 *     {@code console}
 */
public record AllclearConfig(
        KafkaConfig kafka, Map<DatabaseName, DatabaseConfig> databases, HttpConfig http, Section root) {
    private static final Pattern DATABASE_VARIABLE = Pattern.compile("ALLCLEAR_DATABASES_([A-Z0-9]+)_URI");

    public AllclearConfig {
        databases = Collections.unmodifiableMap(new TreeMap<>(databases));
    }

    /** Where this process serves health and metrics; port 0 takes a free one. */
    public record HttpConfig(String host, int port) {}

    static AllclearConfig read(Section root) {
        KafkaConfig kafka = KafkaConfig.read(root.section("kafka"));
        Section databasesSection = root.section("databases");
        TreeSet<String> names = new TreeSet<>(databasesSection.keys());
        for (String variable : root.environment().keySet()) {
            Matcher matcher = DATABASE_VARIABLE.matcher(variable);
            if (matcher.matches() && names.stream().noneMatch(name -> sameVariable(name, matcher.group(1)))) {
                names.add(matcher.group(1).toLowerCase(Locale.ROOT));
            }
        }
        Map<DatabaseName, DatabaseConfig> databases = new TreeMap<>();
        for (String name : names) {
            try {
                DatabaseName valid = new DatabaseName(name);
                databases.put(valid, DatabaseConfig.read(valid, databasesSection.section(name)));
            } catch (IllegalArgumentException badName) {
                databasesSection.mistake(name, String.valueOf(badName.getMessage()));
            }
        }
        Section httpSection = root.section("http");
        HttpConfig http =
                new HttpConfig(httpSection.string("host", "127.0.0.1"), httpSection.integer("port", 0, 0, 65535));
        httpSection.rejectOtherKeys();
        root.has("policy");
        root.has("alerts");
        root.has("waivers");
        root.has("console");
        root.has("rows");
        root.rejectOtherKeys();
        return new AllclearConfig(kafka, databases, http, root);
    }

    private static boolean sameVariable(String name, String variable) {
        return Section.variableOf(name).equals("ALLCLEAR_" + variable);
    }

    public Mistakes mistakes() {
        return root.mistakes();
    }

    @Override
    public String toString() {
        return "configuration of " + databases.keySet();
    }
}
