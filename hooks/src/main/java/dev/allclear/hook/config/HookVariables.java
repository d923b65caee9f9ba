package dev.allclear.hook.config;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The environment, and over it the system properties: {@code allclear.baseline-wait} is {@code ALLCLEAR_BASELINE_WAIT}. */
public final class HookVariables {
    private static final String PREFIX = "allclear.";

    private HookVariables() {}

    /** Those of this process, as they are now. */
    public static Map<String, String> ofThisProcess() {
        return of(System.getenv(), System.getProperties());
    }

    static Map<String, String> of(Map<String, String> environment, Properties properties) {
        Map<String, String> all = new TreeMap<>(environment);
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                all.put(
                        name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
                        properties.getProperty(name));
            }
        }
        return all;
    }
}
