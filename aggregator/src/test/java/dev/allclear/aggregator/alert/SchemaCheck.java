package dev.allclear.aggregator.alert;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The part of JSON Schema that our schemas of other people's APIs use; a keyword it does not know is an error, not a pass. */
final class SchemaCheck {
    private final List<String> violations = new ArrayList<>();

    static List<String> violations(Map<String, Object> schema, Object value) {
        SchemaCheck check = new SchemaCheck();
        check.check("$", schema, value);
        return check.violations;
    }

    private void check(String where, Map<?, ?> schema, Object value) {
        schema.forEach((keyword, rule) -> {
            switch (String.valueOf(keyword)) {
                case "$schema", "$comment", "title" -> {}
                case "type" -> require(where, "is no " + rule, isA(String.valueOf(rule), value));
                case "format" -> require(where, "is no " + rule, hasFormat(String.valueOf(rule), value));
                case "minLength" ->
                    require(where, "is too short", value.toString().length() >= ((Number) rule).intValue());
                case "maxLength" ->
                    require(where, "is too long", value.toString().length() <= ((Number) rule).intValue());
                case "maxItems" ->
                    require(where, "has too many", ((List<?>) value).size() <= ((Number) rule).intValue());
                case "minProperties" ->
                    require(where, "is empty", ((Map<?, ?>) value).size() >= ((Number) rule).intValue());
                case "enum" -> require(where, "is none of " + rule, ((List<?>) rule).contains(value));
                case "required" ->
                    ((List<?>) rule)
                            .forEach(name -> require(where, "lacks " + name, ((Map<?, ?>) value).containsKey(name)));
                case "items" -> ((List<?>) value).forEach(item -> check(where + "[]", (Map<?, ?>) rule, item));
                case "properties" ->
                    ((Map<?, ?>) rule).forEach((name, part) -> {
                        if (value instanceof Map<?, ?> map && map.get(name) != null) {
                            check(where + "." + name, (Map<?, ?>) part, map.get(name));
                        }
                    });
                case "propertyNames" ->
                    ((Map<?, ?>) value)
                            .keySet()
                            .forEach(name -> require(
                                    where + "." + name,
                                    "is no valid name",
                                    Pattern.matches(
                                            String.valueOf(((Map<?, ?>) rule).get("pattern")), String.valueOf(name))));
                case "additionalProperties" -> others(where, schema, rule, (Map<?, ?>) value);
                default -> throw new IllegalArgumentException("this check does not know " + keyword);
            }
        });
    }

    private void others(String where, Map<?, ?> schema, Object rule, Map<?, ?> value) {
        Map<?, ?> known = schema.get("properties") instanceof Map<?, ?> properties ? properties : Map.of();
        value.forEach((name, item) -> {
            if (!known.containsKey(name)) {
                if (rule instanceof Map<?, ?> part) {
                    check(where + "." + name, part, item);
                } else {
                    require(where + "." + name, "is not known", Boolean.TRUE.equals(rule));
                }
            }
        });
    }

    private static boolean isA(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            default -> throw new IllegalArgumentException("this check does not know the type " + type);
        };
    }

    private static boolean hasFormat(String format, Object value) {
        try {
            return switch (format) {
                case "date-time" -> OffsetDateTime.parse(value.toString()) != null;
                case "uri" -> URI.create(value.toString()).isAbsolute();
                default -> throw new IllegalStateException("this check does not know the format " + format);
            };
        } catch (IllegalArgumentException | java.time.DateTimeException wrong) {
            return false;
        }
    }

    private void require(String where, String problem, boolean holds) {
        if (!holds) {
            violations.add(where + " " + problem);
        }
    }
}
