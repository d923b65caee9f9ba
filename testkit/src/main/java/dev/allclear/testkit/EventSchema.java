package dev.allclear.testkit;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.allclear.event.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The published JSON Schema of an event type, from the resources of the {@code common} jar. Formats such as {@code date-time} are
 * asserted.
 */
public final class EventSchema {
    /** Where the schemas of the first major version are in the jar; their examples are in the folder {@code examples}. */
    public static final String FOLDER = "/dev/allclear/schema/v1/";

    private final String text;
    private final JsonSchema schema;

    private EventSchema(String text) {
        this.text = text;
        this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        text,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    public static EventSchema of(EventType type) {
        return new EventSchema(resource(FOLDER + nameOf(type) + ".json"));
    }

    /** The type's name without namespace and version, by which its files are called: {@code migration.started}. */
    public static String nameOf(EventType type) {
        return type.wireName().replaceAll("^dev\\.allclear\\.|\\.v1$", "");
    }

    /** What is wrong with a payload, in sentences that name the field; nothing when it is as the contract says. */
    public List<String> mistakes(String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** The schema as it is published. */
    public String text() {
        return text;
    }

    /** An example of the contract by its file's name, such as {@code baseline.captured.failed}. */
    public static String example(String name) {
        return resource(FOLDER + "examples/" + name + ".json");
    }

    private static String resource(String path) {
        try (InputStream in = EventSchema.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + path + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
