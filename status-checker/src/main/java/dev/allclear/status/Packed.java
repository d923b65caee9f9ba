package dev.allclear.status;

import dev.allclear.codec.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A map as one text: JSON, compressed, in Base64. A large catalog shrinks to about a tenth, so that it fits into one message. */
final class Packed {
    /** More JSON than this is not read back. */
    static final int LARGEST = 15_000_000;

    private Packed() {}

    static String of(Map<String, Object> map) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Json.write(map).getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    static Map<String, Object> open(String packed) {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return Json.parse(new String(gzip.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new IllegalArgumentException("the status check's baseline cannot be unpacked", broken);
        }
    }
}
