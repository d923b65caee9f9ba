package dev.allclear.aggregator.console.history;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.UndecodableEvent;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A whole event, kept small: its JSON, deflated. */
final class Packed {
    private final EventType type;
    private final byte[] bytes;

    private Packed(EventType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    static Packed of(AllclearEvent event) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
            deflated.write(EventJson.write(event));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return new Packed(event.type(), out.toByteArray());
    }

    AllclearEvent unpack() {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return EventJson.read(type, in.readAllBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (UndecodableEvent impossible) {
            throw new IllegalStateException("what was written cannot be read: " + impossible.reason(), impossible);
        }
    }

    int size() {
        return bytes.length;
    }
}
