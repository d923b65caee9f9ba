package dev.allclear.row;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** As much of JSON Schema as {@code docs/expectations.schema.json} uses; an unknown keyword is an error. */
final class SchemaSubset {
    private final Map<?, ?> root;

    SchemaSubset(Map<?, ?> root) {
        this.root = root;
    }

    boolean accepts(Object value) {
        return accepts(root, value);
    }

    private boolean accepts(Map<?, ?> schema, Object value) {
        return schema.entrySet().stream()
                .allMatch(rule -> keyword(schema, (String) rule.getKey(), rule.getValue(), value));
    }

    private boolean keyword(Map<?, ?> schema, String key, Object rule, Object value) {
        return switch (key) {
            case "$schema", "$defs", "title", "description" -> true;
            case "$ref" -> accepts(definition((String) rule), value);
            case "type" ->
                rule instanceof List<?> types ? types.stream().anyMatch(type -> isA(type, value)) : isA(rule, value);
            case "const" -> rule.equals(value);
            case "oneOf" ->
                ((List<?>) rule)
                                .stream()
                                        .filter(one -> accepts((Map<?, ?>) one, value))
                                        .count()
                        == 1;
            case "minimum" -> !(value instanceof Number) || decimal(value).compareTo(decimal(rule)) >= 0;
            case "maximum" -> !(value instanceof Number) || decimal(value).compareTo(decimal(rule)) <= 0;
            case "pattern" ->
                !(value instanceof String text)
                        || Pattern.compile((String) rule).matcher(text).find();
            case "items" ->
                !(value instanceof List<?> list) || list.stream().allMatch(item -> accepts((Map<?, ?>) rule, item));
            case "minItems" -> !(value instanceof List<?> list) || list.size() >= (Integer) rule;
            case "maxItems" -> !(value instanceof List<?> list) || list.size() <= (Integer) rule;
            case "uniqueItems" -> !(value instanceof List<?> list) || new HashSet<>(list).size() == list.size();
            case "required" -> !(value instanceof Map<?, ?> map) || map.keySet().containsAll((List<?>) rule);
            case "minProperties" -> !(value instanceof Map<?, ?> map) || map.size() >= (Integer) rule;
            case "additionalProperties" ->
                !(value instanceof Map<?, ?> map)
                        || ((Map<?, ?>) Objects.requireNonNull(schema.get("properties")))
                                .keySet()
                                .containsAll(map.keySet());
            case "properties" ->
                !(value instanceof Map<?, ?> map)
                        || ((Map<?, ?>) rule)
                                .entrySet().stream()
                                        .allMatch(property -> !map.containsKey(property.getKey())
                                                || accepts(
                                                        (Map<?, ?>) property.getValue(), map.get(property.getKey())));
            default -> throw new IllegalArgumentException("unknown keyword " + key);
        };
    }

    private Map<?, ?> definition(String reference) {
        Map<?, ?> definitions = (Map<?, ?>) Objects.requireNonNull(root.get("$defs"));
        return (Map<?, ?>) Objects.requireNonNull(definitions.get(reference.replace("#/$defs/", "")), reference);
    }

    private static boolean isA(Object type, Object value) {
        return switch ((String) type) {
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof Number;
            case "integer" ->
                value instanceof Number && decimal(value).stripTrailingZeros().scale() <= 0;
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }
}
