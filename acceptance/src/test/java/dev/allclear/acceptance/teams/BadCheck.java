package dev.allclear.acceptance.teams;

import dev.allclear.codec.Json;
import dev.allclear.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A check on the wire with one defect, or none: what people get wrong when they write one by hand. */
final class BadCheck implements AutoCloseable {
    enum Defect {
        NONE,
        NO_BASELINE,
        ANSWERS_DIFFER_ON_REDELIVERY,
        DIES_OF_GARBAGE,
        KNOWS_ALL_FIELDS,
        NEEDS_THE_ANNOUNCEMENT,
        WRONG_PARTITION,
        WRONG_RUN,
        FAILS_WITHOUT_A_FINDING,
        PASSES_WHAT_NEVER_RAN,
        SAYS_PASSED_BESIDE_AN_ERROR,
        ANSWERS_LATE
    }

    static final String NAME = "acme.bad";
    private static final Duration LATE = Duration.ofSeconds(6);

    private final KafkaConfig kafka;
    private final Defect defect;
    private final Set<String> announced = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final Thread thread = new Thread(this::run, "bad-check");
    private volatile boolean ends;

    BadCheck(KafkaConfig kafka, Defect defect) {
        this.kafka = kafka;
        this.defect = defect;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Map<String, Object> servers =
                Map.of("bootstrap.servers", kafka.bootstrapServers().orElseThrow());
        Map<String, Object> reading = new LinkedHashMap<>(servers);
        reading.put("group.id", kafka.topicPrefix() + NAME + defect);
        reading.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(servers, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of(kafka.topicPrefix() + "migrations"));
            while (!ends) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (!handle(record, producer)) {
                        return;
                    }
                }
            }
        }
    }

    /** False when it has died. */
    private boolean handle(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
        Map<String, Object> event;
        try {
            event = Json.parse(record.value());
        } catch (IllegalArgumentException garbage) {
            return defect != Defect.DIES_OF_GARBAGE;
        }
        if (!(event.get("runId") instanceof String run)
                || defect == Defect.KNOWS_ALL_FIELDS && event.containsKey("later")) {
            return true;
        }
        if (event.containsKey("startedAt")) {
            announced.add(run);
            if (defect != Defect.NO_BASELINE) {
                String key = event.get("database") + "/" + run + "/" + NAME;
                send(
                        producer,
                        "baselines",
                        key,
                        same("baseline.captured", event, "status", "NONE", "capturedAt", event.get("startedAt")));
            }
        } else if (announced.contains(run) || defect != Defect.NEEDS_THE_ANNOUNCEMENT) {
            answer(producer, event, run);
        }
        return true;
    }

    private void answer(KafkaProducer<byte[], byte[]> producer, Map<String, Object> event, String run) {
        boolean again = !answered.add(run);
        boolean never = "NOT_STARTED".equals(event.get("outcome")) && defect != Defect.PASSES_WHAT_NEVER_RAN;
        Map<String, Object> answer = same("check.completed", event, "outcome", "PASSED", "summary", "fine");
        if (never) {
            answer.put("outcome", "INCONCLUSIVE");
            answer.put("findings", List.of(finding("UNPROVEN")));
        }
        switch (defect) {
            case ANSWERS_DIFFER_ON_REDELIVERY -> {
                if (again) {
                    answer.put("outcome", "FAILED");
                    answer.put("findings", List.of(finding("ERROR")));
                }
            }
            case WRONG_RUN -> answer.put("runId", "run-0");
            case FAILS_WITHOUT_A_FINDING -> answer.put("outcome", "FAILED");
            case SAYS_PASSED_BESIDE_AN_ERROR -> answer.put("findings", List.of(finding("ERROR")));
            case ANSWERS_LATE -> pause();
            default -> {}
        }
        send(producer, "results", event.get("database").toString(), answer);
    }

    private static Map<String, Object> same(String type, Map<String, Object> event, Object... fields) {
        Map<String, Object> same = new LinkedHashMap<>();
        same.put("type", type);
        same.put("runId", event.get("runId"));
        same.put("database", event.get("database"));
        same.put("check", NAME);
        for (int i = 0; i < fields.length; i += 2) {
            same.put(fields[i].toString(), fields[i + 1]);
        }
        return same;
    }

    private static Map<String, Object> finding(String severity) {
        return Map.of("code", "acme.something", "severity", severity, "message", "something is not as it should be");
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, Map<String, Object> value) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        String name = kafka.topicPrefix() + topic;
        Integer partition = defect == Defect.WRONG_PARTITION
                ? (org.apache.kafka.common.utils.Utils.toPositive(org.apache.kafka.common.utils.Utils.murmur2(bytes))
                                + 1)
                        % producer.partitionsFor(name).size()
                : null;
        producer.send(
                new ProducerRecord<>(name, partition, bytes, Json.write(value).getBytes(StandardCharsets.UTF_8)));
        producer.flush();
    }

    private static void pause() {
        try {
            Thread.sleep(LATE.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ends = true;
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
