package dev.allclear.status.catalog;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The catalog's objects at one moment, by kind and name. A kind that is absent was not read or not kept. */
public final class Catalog {
    private final Map<Kind, Map<String, CatalogObject>> objects = new EnumMap<>(Kind.class);

    public static Catalog of(Collection<CatalogObject> objects, Set<Kind> kinds) {
        Catalog catalog = new Catalog();
        kinds.forEach(kind -> catalog.objects.put(kind, new LinkedHashMap<>()));
        for (CatalogObject object : objects) {
            Map<String, CatalogObject> ofKind = catalog.objects.get(object.kind());
            if (ofKind != null) {
                ofKind.put(object.name(), object);
            }
        }
        return catalog;
    }

    public boolean knows(Kind kind) {
        return objects.containsKey(kind);
    }

    public List<CatalogObject> all(Kind kind) {
        return List.copyOf(objects.getOrDefault(kind, Map.of()).values());
    }

    public Optional<CatalogObject> find(Kind kind, String name) {
        return Optional.ofNullable(objects.getOrDefault(kind, Map.of()).get(name));
    }

    /** The same without some objects. */
    public Catalog without(Predicate<CatalogObject> unwanted) {
        return of(
                objects.values().stream()
                        .flatMap(ofKind -> ofKind.values().stream())
                        .filter(unwanted.negate())
                        .toList(),
                objects.keySet());
    }

    /** The same with only some kinds. */
    public Catalog only(Set<Kind> kinds) {
        Catalog kept = new Catalog();
        objects.forEach((kind, ofKind) -> {
            if (kinds.contains(kind)) {
                kept.objects.put(kind, ofKind);
            }
        });
        return kept;
    }

    /** About how many bytes it takes as JSON; never fewer characters than it has. */
    public long size() {
        long size = 0;
        for (Map<String, CatalogObject> ofKind : objects.values()) {
            for (CatalogObject object : ofKind.values()) {
                size += object.name().length() + 8L;
                for (Map.Entry<String, String> trait : object.traits().entrySet()) {
                    size += trait.getKey().length() + trait.getValue().length() + 6L;
                }
            }
        }
        return size;
    }

    /** JSON-compatible, for a baseline; {@link #fromMap} reads it back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        objects.forEach((kind, ofKind) -> {
            Map<String, Object> byName = new LinkedHashMap<>();
            ofKind.forEach((name, object) -> byName.put(name, object.traits()));
            map.put(kind.name(), byName);
        });
        return map;
    }

    public static Catalog fromMap(Map<?, ?> map) {
        Catalog catalog = new Catalog();
        for (Kind kind : Kind.values()) {
            if (map.get(kind.name()) instanceof Map<?, ?> byName) {
                Map<String, CatalogObject> ofKind = new LinkedHashMap<>();
                byName.forEach((name, traits) ->
                        ofKind.put(String.valueOf(name), new CatalogObject(kind, String.valueOf(name), texts((Map<?, ?>)
                                traits))));
                catalog.objects.put(kind, ofKind);
            }
        }
        return catalog;
    }

    private static Map<String, String> texts(Map<?, ?> traits) {
        Map<String, String> texts = new LinkedHashMap<>();
        traits.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }
}
