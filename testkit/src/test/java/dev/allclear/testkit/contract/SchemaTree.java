package dev.allclear.testkit.contract;

import dev.allclear.codec.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A schema as its properties, by path, such as {@code findings[].code}. */
final class SchemaTree {
    private final Map<String, Object> root;

    SchemaTree(String schema) {
        root = Json.parse(schema);
    }

    /** Every property, also those within objects and items of lists. */
    TreeSet<String> properties() {
        TreeSet<String> paths = new TreeSet<>();
        collect(root, "", paths);
        return paths;
    }

    /** The fields that a payload has, as deep as the schema describes them; what is opaque to it is not looked into. */
    TreeSet<String> fieldsOf(Map<String, Object> payload) {
        TreeSet<String> paths = new TreeSet<>();
        collect(root, payload, "", paths);
        return paths;
    }

    private void collect(Map<String, Object> schema, String path, TreeSet<String> paths) {
        map(schema.get("properties")).forEach((name, property) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            paths.add(at);
            Map<String, Object> below = resolved(map(property));
            collect(below, at, paths);
            collect(resolved(map(below.get("items"))), at + "[]", paths);
        });
    }

    private void collect(Map<String, Object> schema, Map<String, Object> payload, String path, TreeSet<String> paths) {
        Map<String, Object> properties = map(schema.get("properties"));
        if (properties.isEmpty()) {
            return;
        }
        payload.forEach((name, value) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            paths.add(at);
            Map<String, Object> below = resolved(map(properties.get(name)));
            if (value instanceof Map<?, ?>) {
                collect(below, map(value), at, paths);
            }
            if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?>) {
                collect(resolved(map(below.get("items"))), map(list.get(0)), at + "[]", paths);
            }
        });
    }

    private Map<String, Object> resolved(Map<String, Object> schema) {
        if (schema.get("$ref") instanceof String reference) {
            return map(map(root.get("$defs")).get(reference.substring("#/$defs/".length())));
        }
        return schema;
    }

    /** The payload with the field at the path set to a value, or taken out where there is none. */
    static Map<String, Object> with(Map<String, Object> payload, String path, List<Object> valueOrNone) {
        Map<String, Object> copy = new LinkedHashMap<>(payload);
        String[] parts = path.split("\\.", 2);
        String name = parts[0].replace("[]", "");
        if (parts.length == 1) {
            copy.remove(name);
            valueOrNone.forEach(value -> copy.put(name, value));
        } else if (parts[0].endsWith("[]")) {
            List<Object> items = new ArrayList<>((List<?>) copy.get(name));
            items.set(0, with(map(items.get(0)), parts[1], valueOrNone));
            copy.put(name, items);
        } else {
            copy.put(name, with(map(copy.get(name)), parts[1], valueOrNone));
        }
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
