package dev.allclear.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.EventJson;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordsTest {
    private static final MigrationCompleted COMPLETED = new MigrationCompleted(
            new RunId("r1"),
            new DatabaseName("shop"),
            Instant.parse("2026-01-31T12:00:00Z"),
            Optional.of(0),
            Optional.empty(),
            Optional.empty(),
            MigrationDescription.NOTHING_SAID);
    private static final String PAYLOAD =
            "\"runId\":\"r1\",\"database\":\"shop\",\"completedAt\":\"2026-01-31T12:00:00Z\",\"exitCode\":0";

    @Test
    void writesBinaryMode() {
        ProducerRecord<byte[], byte[]> written = EventRecords.toRecord("test.", COMPLETED, "cli");

        assertThat(written.topic()).isEqualTo("test.migrations");
        assertThat(new String(written.key(), StandardCharsets.UTF_8)).isEqualTo("shop");
        assertThat(new String(written.value(), StandardCharsets.UTF_8)).isEqualTo("{" + PAYLOAD + "}");
        assertThat(header(written, "content-type")).isEqualTo("application/json");
        assertThat(header(written, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(written, "ce_type")).isEqualTo("dev.allclear.migration.completed.v1");
        assertThat(header(written, "ce_subject")).isEqualTo("r1");
        assertThat(header(written, "ce_source")).isEqualTo("cli");
        assertThat(header(written, "ce_time")).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(header(written, "ce_id")).isEqualTo(EventJson.idOf(COMPLETED));
    }

    @Test
    void keysABaselineByRunAndCheck() {
        BaselineCaptured baseline = new BaselineCaptured(
                COMPLETED.run(),
                COMPLETED.database(),
                CheckName.ROWS,
                BaselineStatus.NONE,
                Optional.empty(),
                COMPLETED.completedAt(),
                Optional.empty(),
                Map.of(),
                Optional.empty());

        ProducerRecord<byte[], byte[]> written = EventRecords.toRecord("allclear.", baseline, "rows");

        assertThat(written.topic()).isEqualTo("allclear.baselines");
        assertThat(new String(written.key(), StandardCharsets.UTF_8)).isEqualTo("shop/r1/rows");
    }

    @Test
    void readsWhatItWrote() {
        ProducerRecord<byte[], byte[]> written = EventRecords.toRecord("allclear.", COMPLETED, "cli");

        Decoded decoded = EventRecords.decode(written.headers(), written.value());

        assertThat(decoded).isEqualTo(new Decoded.Event(COMPLETED, EventJson.idOf(COMPLETED), "cli"));
    }

    @Test
    void readsStructuredMode() {
        Headers headers = new RecordHeaders()
                .add("content-type", "application/cloudevents+json; charset=utf-8".getBytes(StandardCharsets.UTF_8));

        Decoded decoded = EventRecords.decode(headers, structured());

        assertThat(decoded).isEqualTo(new Decoded.Event(COMPLETED, "i1", "/ci"));
    }

    @Test
    void readsStructuredModeWithoutAHeader() {
        Decoded decoded = EventRecords.decode(new RecordHeaders(), structured());

        assertThat(decoded).isEqualTo(new Decoded.Event(COMPLETED, "i1", "/ci"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migration.completed", "dev.allclear.migration.completed.v1"})
    void readsBareJson(String type) {
        Decoded decoded = EventRecords.decode(new RecordHeaders(), utf8("{\"type\":\"" + type + "\"," + PAYLOAD + "}"));

        assertThat(decoded).isEqualTo(new Decoded.Event(COMPLETED, EventJson.idOf(COMPLETED), EventRecords.BARE_JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "garbage",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"order.created\"}",
                "{\"type\":\"migration.completed\"}",
                "{\"specversion\":\"1.0\"}",
                "{\"specversion\":\"9\",\"type\":\"migration.completed\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\",\"type\":\"migration.completed\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\",\"type\":\"migration.completed\",\"data\":[]}"
            })
    void turnsGarbageIntoPoison(String value) {
        assertThat(EventRecords.decode(new RecordHeaders(), utf8(value))).isInstanceOf(Decoded.Poison.class);
    }

    @Test
    void turnsANullValueIntoPoison() {
        assertThat(EventRecords.decode(new RecordHeaders(), null)).isEqualTo(new Decoded.Poison("the record is empty"));
    }

    @Test
    void turnsBrokenHeadersIntoPoison() {
        Headers unknownVersion = new RecordHeaders().add("ce_specversion", utf8("7.0"));
        Headers nothingElse = new RecordHeaders().add("ce_specversion", utf8("1.0"));
        Headers badSource = new RecordHeaders()
                .add("ce_specversion", utf8("1.0"))
                .add("ce_id", utf8("1"))
                .add("ce_source", utf8("not a uri"))
                .add("ce_type", utf8("migration.completed"));

        for (Headers headers : new Headers[] {unknownVersion, nothingElse, badSource}) {
            assertThat(EventRecords.decode(headers, utf8("{" + PAYLOAD + "}"))).isInstanceOf(Decoded.Poison.class);
        }
    }

    @Test
    void turnsInvalidUtf8IntoPoison() {
        byte[] value = utf8("{\"type\":\"migration.completed\"," + PAYLOAD + ",\"output\":\"?\"}");
        value[value.length - 3] = (byte) 0xC3;

        assertThat(EventRecords.decode(new RecordHeaders(), value)).isInstanceOf(Decoded.Poison.class);
    }

    @Test
    void namesTheUnknownType() {
        assertThat(EventRecords.decode(new RecordHeaders(), utf8("{\"type\":\"order.created\"}")))
                .isEqualTo(new Decoded.Poison("unknown event type \"order.created\""));
    }

    private static byte[] structured() {
        return utf8(
                "{\"specversion\":\"1.0\",\"id\":\"i1\",\"source\":\"/ci\",\"type\":\"migration.completed\",\"data\":{"
                        + PAYLOAD + "}}");
    }

    private static String header(ProducerRecord<byte[], byte[]> written, String name) {
        return new String(written.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
