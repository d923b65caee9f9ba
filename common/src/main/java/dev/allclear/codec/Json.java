package dev.allclear.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Excerpt;
import dev.allclear.model.FindingCode;
import dev.allclear.model.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Records and plain maps to JSON and back. Instants and durations are ISO-8601 text, names are plain strings, absent values are
 * left out. Reading is bounded in depth, number length and size; every failure is an {@link IllegalArgumentException} that says
 * where and repeats at most an excerpt.
 */
public final class Json {
    static final int DEEPEST = 100;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_TEXT = 8 << 20;

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(LONGEST_TEXT)
                            .maxDocumentLength(2L * LONGEST_TEXT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule("names")
                    .addSerializer(RunId.class, ToStringSerializer.instance)
                    .addSerializer(DatabaseName.class, ToStringSerializer.instance)
                    .addSerializer(CheckName.class, ToStringSerializer.instance)
                    .addSerializer(FindingCode.class, ToStringSerializer.instance)
                    .addDeserializer(RunId.class, new NameDeserializer<>(RunId.class, RunId::new))
                    .addDeserializer(DatabaseName.class, new NameDeserializer<>(DatabaseName.class, DatabaseName::new))
                    .addDeserializer(CheckName.class, new NameDeserializer<>(CheckName.class, CheckName::new))
                    .addDeserializer(FindingCode.class, new NameDeserializer<>(FindingCode.class, FindingCode::new)))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Kept, since finding the way to read a type costs as much as reading a small event. */
    private static final ObjectReader OBJECT = MAPPER.readerFor(MAP);

    private Json() {}

    /** What a record would be as JSON, in maps, lists, strings, numbers and booleans. */
    public static Map<String, Object> toMap(Object recordOrMap) {
        return MAPPER.convertValue(recordOrMap, MAP);
    }

    public static <T> T fromMap(Map<String, Object> map, Class<T> type) {
        return MAPPER.convertValue(map, type);
    }

    /** On one line. */
    public static String write(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** As {@link #write}, in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("cannot be written as JSON: " + shortly(broken), broken);
        }
    }

    /** Reads one JSON object. */
    public static Map<String, Object> parse(String json) {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    public static Map<String, Object> parse(byte[] json) {
        Map<String, Object> map;
        try {
            map = OBJECT.readValue(json);
        } catch (IOException broken) {
            throw new IllegalArgumentException("not a JSON object: " + shortly(broken));
        }
        if (map == null) {
            throw new IllegalArgumentException("not a JSON object: null");
        }
        return map;
    }

    private static String shortly(IOException broken) {
        if (!(broken instanceof JsonProcessingException json)) {
            return Excerpt.of(String.valueOf(broken.getMessage()));
        }
        String where = json.getLocation() == null
                ? ""
                : "line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr() + ": ";
        return where + kindOf(json.getOriginalMessage());
    }

    /** The parser's message up to where it begins to quote what it read, which may be anything. */
    private static String kindOf(String message) {
        return Excerpt.of(message.split("[('\"\\[]", 2)[0].strip());
    }
}
