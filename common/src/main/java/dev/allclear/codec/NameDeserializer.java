package dev.allclear.codec;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import java.util.function.Function;

/** Reads the names of the vocabulary (runs, checks, finding codes) from plain strings, also where they are keys of a map. */
final class NameDeserializer<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1;

    private final transient Function<String, T> create;

    NameDeserializer(Class<T> type, Function<String, T> create) {
        super(type);
        this.create = create;
    }

    @Override
    protected T _deserialize(String value, DeserializationContext context) {
        return create.apply(value);
    }
}
