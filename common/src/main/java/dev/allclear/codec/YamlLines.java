package dev.allclear.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** On which lines the keys of a YAML text stand, by their paths, such as {@code [2].where.equals}. */
public final class YamlLines {
    private final Map<String, Integer> lines;

    private YamlLines(Map<String, Integer> lines) {
        this.lines = lines;
    }

    /** Of a text that {@link Yaml} could read; of any other, as far as it can be read. */
    public static YamlLines of(String text) {
        Map<String, Integer> lines = new TreeMap<>();
        try (JsonParser parser = new YAMLFactory().createParser(text)) {
            if (parser.nextToken() != null) {
                value(parser, "", lines);
            }
        } catch (IOException broken) {
            // What was read so far is all there is to point at.
        }
        return new YamlLines(lines);
    }

    /** The line of the path, from 1; that of the nearest part around it when it is not written itself; 1 when nothing is. */
    public int lineOf(String path) {
        String nearest = path;
        while (!nearest.isEmpty()) {
            Integer line = lines.get(nearest);
            if (line != null) {
                return line;
            }
            nearest = nearest.substring(0, Math.max(0, Math.max(nearest.lastIndexOf('.'), nearest.lastIndexOf('['))));
        }
        return lines.getOrDefault("", 1);
    }

    private static void value(JsonParser parser, String path, Map<String, Integer> lines) throws IOException {
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
                lines.putIfAbsent(key, parser.currentTokenLocation().getLineNr());
                parser.nextToken();
                value(parser, key, lines);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(parser, path + "[" + i + "]", lines);
            }
        }
    }
}
