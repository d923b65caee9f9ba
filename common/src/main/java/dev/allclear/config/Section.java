package dev.allclear.config;

import dev.allclear.model.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A part of the configuration, read by key and type. Whatever is wrong is noted in {@link Mistakes} and the fallback returned, so
 * that reading goes on and all mistakes come out together. A scalar is overridden by the environment variable {@code ALLCLEAR_}
 * plus its path in capitals, every other character an underscore.
 */
public final class Section {
    private final String path;
    private final Map<String, Object> values;
    private final Map<String, String> environment;
    private final Mistakes mistakes;
    private final TreeSet<String> asked = new TreeSet<>();

    Section(String path, Map<String, Object> values, Map<String, String> environment, Mistakes mistakes) {
        this.path = path;
        this.values = values;
        this.environment = environment;
        this.mistakes = mistakes;
    }

    /** A section of its own, for tests and for values that come from elsewhere than a file. */
    public static Section of(Map<String, Object> values, Map<String, String> environment, Mistakes mistakes) {
        return new Section("", values, environment, mistakes);
    }

    /** Where this section stands, such as {@code databases.shop.locks}; empty for the root. */
    public String path() {
        return path;
    }

    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    public void mistake(String key, String what) {
        mistakes.add(pathOf(key), what);
    }

    /** Notes that this section as a whole is wrong. */
    public void noteHere(String what) {
        mistakes.add(path, what);
    }

    public boolean has(String key) {
        asked.add(key);
        return values.get(key) != null || environment.containsKey(variableOf(pathOf(key)));
    }

    /** The keys written in the file. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    public Optional<String> string(String key) {
        asked.add(key);
        String variable = environment.get(variableOf(pathOf(key)));
        Object value = variable != null ? variable : values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map || value instanceof List) {
            mistake(key, "must be a single value, not a " + (value instanceof Map ? "map" : "list"));
            return Optional.empty();
        }
        return Optional.of(new References(environment).resolve(pathOf(key), value.toString(), mistakes));
    }

    public String string(String key, String fallback) {
        return string(key).orElse(fallback);
    }

    /** A value that must be there; an empty string stands in for it when it is not. */
    public String required(String key) {
        Optional<String> value = string(key).filter(text -> !text.isBlank());
        if (value.isEmpty()) {
            mistake(key, "is required");
        }
        return value.orElse("");
    }

    public Optional<Secret> secret(String key) {
        return string(key).map(Secret::new);
    }

    /** A secret that must not stand in the file itself: only {@code ${env:NAME}}, {@code ${file:PATH}} or the environment may give it. */
    public Optional<Secret> referredSecret(String key) {
        Object written = values.get(key);
        if (written != null
                && !environment.containsKey(variableOf(pathOf(key)))
                && !References.isReference(written.toString())) {
            mistake(key, "is a secret and must be given as ${env:NAME} or ${file:PATH}, not in the file itself");
        }
        return secret(key).filter(secret -> !secret.reveal().isBlank());
    }

    public Duration duration(String key, Duration fallback) {
        return string(key)
                .map(text -> Durations.parse(text).orElseGet(() -> {
                    mistake(key, "\"" + text + "\" is not a duration such as 500ms, 2s, 5m or 1h");
                    return fallback;
                }))
                .orElse(fallback);
    }

    public int integer(String key, int fallback, int least, int most) {
        Optional<String> text = string(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text.get().strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like a number out of range
        }
        mistake(key, "\"" + text.get() + "\" is not a whole number from " + least + " to " + most);
        return fallback;
    }

    public boolean flag(String key, boolean fallback) {
        Optional<String> text = string(key);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            mistake(key, "\"" + text.get() + "\" is neither true nor false");
            return fallback;
        }
        return text.map(Boolean::parseBoolean).orElse(fallback);
    }

    /** A single value or a list of them; an environment variable is split at commas. */
    public List<String> strings(String key) {
        Object value = values.get(key);
        if (!(value instanceof List<?> list) || environment.containsKey(variableOf(pathOf(key)))) {
            return string(key).map(text -> List.of(text.split("\\s*,\\s*"))).orElse(List.of());
        }
        asked.add(key);
        References references = new References(environment);
        List<String> out = new ArrayList<>();
        for (Object item : list) {
            if (item == null || item instanceof Map || item instanceof List) {
                mistake(key, "must be a list of plain values");
            } else {
                out.add(references.resolve(pathOf(key), item.toString(), mistakes));
            }
        }
        return List.copyOf(out);
    }

    /** The raw list under a key, empty when absent. */
    public List<Object> list(String key) {
        asked.add(key);
        Object value = values.get(key);
        if (value != null && !(value instanceof List)) {
            mistake(key, "must be a list");
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    /** A list of maps, each a section of its own named by its position. */
    public List<Section> sections(String key) {
        List<Section> out = new ArrayList<>();
        for (Object item : list(key)) {
            String itemPath = pathOf(key) + "[" + out.size() + "]";
            if (!(item instanceof Map)) {
                mistakes.add(itemPath, "must be a map");
            }
            out.add(new Section(itemPath, asMap(item), environment, mistakes));
        }
        return List.copyOf(out);
    }

    /** The map under a key; an empty section when it is absent, whose values may still come from the environment. */
    public Section section(String key) {
        asked.add(key);
        Object value = values.get(key);
        if (value != null && !(value instanceof Map)) {
            mistake(key, "must be a map");
        }
        return new Section(pathOf(key), asMap(value), environment, mistakes);
    }

    /** To be called when all keys have been asked for: whatever else is written is a mistake, since a misspelt key would be silently ignored. */
    public void rejectOtherKeys() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                mistake(key, "is not a known key; known here: " + String.join(", ", asked));
            }
        }
    }

    static String variableOf(String path) {
        return "ALLCLEAR_" + path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    Map<String, String> environment() {
        return environment;
    }

    Mistakes mistakes() {
        return mistakes;
    }

    private static Map<String, Object> asMap(@org.jspecify.annotations.Nullable Object value) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> out.put(String.valueOf(key), item));
        }
        return out;
    }
}
