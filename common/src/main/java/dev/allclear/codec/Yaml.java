package dev.allclear.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.allclear.model.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** YAML into plain maps and lists. One text is one document: what stood in a second one would be silently ignored. */
public final class Yaml {
    private static final ObjectMapper MAPPER = JsonMapper.builder(YAMLFactory.builder()
                    .disable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Yaml() {}

    /** An empty text is an empty map. Throws {@link IllegalArgumentException} that names line and column. */
    public static Map<String, Object> map(String text) {
        Map<String, Object> parsed = read(text, "a map", new TypeReference<Map<String, Object>>() {});
        return parsed == null ? Map.of() : parsed;
    }

    /** An empty text is an empty list. Throws {@link IllegalArgumentException} that names line and column. */
    public static List<Map<String, Object>> list(String text) {
        List<Map<String, Object>> parsed = read(
                text,
                "a list of maps, such as: - { table: public.orders, rows: unchanged }",
                new TypeReference<List<Map<String, Object>>>() {});
        return parsed == null ? List.of() : parsed;
    }

    private static <T> @org.jspecify.annotations.Nullable T read(String text, String wanted, TypeReference<T> type) {
        if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return null;
        }
        try (JsonParser parser = MAPPER.createParser(text)) {
            T value = MAPPER.readValue(parser, type);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(
                        "line " + parser.currentTokenLocation().getLineNr()
                                + ": a second document begins here, which would not be read; write one document");
            }
            return value;
        } catch (MismatchedInputException otherShape) {
            throw new IllegalArgumentException(where(otherShape) + "must be " + wanted, otherShape);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(
                    "not valid YAML: " + where(broken) + firstSentence(broken.getOriginalMessage()), broken);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String where(JsonProcessingException broken) {
        return broken.getLocation() == null
                ? ""
                : "line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr() + ": ";
    }

    /** The parser quotes the lines, which does not survive being put on one line; its last line but the quotation says what is wrong. */
    private static String firstSentence(String message) {
        String what = message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining("; "));
        return Excerpt.of(what, 200);
    }
}
