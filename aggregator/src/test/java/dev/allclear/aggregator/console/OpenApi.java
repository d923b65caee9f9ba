package dev.allclear.aggregator.console;

import dev.allclear.codec.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code docs/openapi.yaml}, and whether values are as its schemas say. A keyword that it does not know is an error, not a pass. */
final class OpenApi {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
    private static final Set<String> WORDS = Set.of("description", "examples", "default");

    private final Map<String, Object> document;

    private OpenApi(Map<String, Object> document) {
        this.document = document;
    }

    static OpenApi load() {
        try {
            return new OpenApi(Yaml.map(Files.readString(Path.of("../docs/openapi.yaml"))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every operation, as {@code GET /v1/runs}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        map(document.get("paths")).forEach((path, item) -> map(item).keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        return operations;
    }

    Map<String, Object> operation(String method, String path) {
        return map(map(map(document.get("paths")).get(path)).get(method));
    }

    /** Whether an operation is described as one that needs no token. */
    boolean isOpen(String method, String path) {
        return operation(method, path).get("security") instanceof List<?> list && list.equals(List.of(Map.of()));
    }

    Map<String, Object> schema(String name) {
        return map(map(map(document.get("components")).get("schemas")).get(name));
    }

    /** The schema of an answer in JSON; empty where the file knows no such answer. */
    Optional<Map<String, Object>> answer(String method, String path, int status) {
        Object answer = map(operation(method, path).get("responses")).get(String.valueOf(status));
        if (answer == null) {
            return Optional.empty();
        }
        Map<String, Object> content = map(resolve(map(answer)).get("content"));
        return Optional.of(map(map(content.get("application/json")).get("schema")));
    }

    List<String> violations(Map<String, Object> schema, Object value) {
        List<String> violations = new ArrayList<>();
        check("$", schema, value, violations);
        return violations;
    }

    private void check(String where, Map<String, Object> unresolved, Object value, List<String> violations) {
        Map<String, Object> schema = resolve(unresolved);
        schema.forEach((keyword, rule) -> {
            boolean holds =
                    switch (keyword) {
                        case "type" -> isA(String.valueOf(rule), value);
                        case "enum" -> ((List<?>) rule).contains(value);
                        case "pattern" ->
                            Pattern.compile(String.valueOf(rule))
                                    .matcher(value.toString())
                                    .find();
                        case "maxLength" -> value.toString().length() <= ((Number) rule).intValue();
                        case "format" -> OffsetDateTime.parse(value.toString()) != null;
                        case "required" -> map(value).keySet().containsAll((List<?>) rule);
                        case "items" -> {
                            ((List<?>) value).forEach(item -> check(where + "[]", map(rule), item, violations));
                            yield true;
                        }
                        case "properties" -> {
                            map(rule).forEach((name, part) -> Optional.ofNullable(
                                            map(value).get(name))
                                    .ifPresent(item -> check(where + "." + name, map(part), item, violations)));
                            yield true;
                        }
                        case "additionalProperties" -> others(where, schema, rule, map(value), violations);
                        default -> {
                            if (!WORDS.contains(keyword)) {
                                throw new IllegalArgumentException("this check does not know " + keyword);
                            }
                            yield true;
                        }
                    };
            if (!holds) {
                violations.add(where + " breaks " + keyword + " " + rule + ": " + value);
            }
        });
    }

    private boolean others(
            String where, Map<String, Object> schema, Object rule, Map<String, Object> value, List<String> violations) {
        Map<String, Object> others = new LinkedHashMap<>(value);
        others.keySet().removeAll(map(schema.get("properties")).keySet());
        if (rule instanceof Map) {
            others.forEach((name, item) -> check(where + "." + name, map(rule), item, violations));
            return true;
        }
        return others.isEmpty();
    }

    private static boolean isA(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long;
            default -> throw new IllegalArgumentException("this check does not know the type " + type);
        };
    }

    private Map<String, Object> resolve(Map<String, Object> node) {
        if (!(node.get("$ref") instanceof String reference)) {
            return node;
        }
        Map<String, Object> found = document;
        for (String part : reference.substring(2).split("/")) {
            found = map(found.get(part));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("nothing is at " + reference);
        }
        return found;
    }

    static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> known) {
            known.forEach((key, item) -> map.put(String.valueOf(key), item));
        }
        return map;
    }
}
