package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes a workload at its times, and writes down what the broker has acknowledged when. Outlasts a broker that is away. */
final class Driver {
    private final KafkaConfig kafka;
    private final History history;

    Driver(KafkaConfig kafka, History history) {
        this.kafka = kafka;
        this.history = history;
    }

    /** Returns when everything is acknowledged; throws when something is not. */
    void publish(List<Workload.Sending> sendings) throws InterruptedException {
        CountDownLatch open = new CountDownLatch(sendings.size());
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
            long begun = System.currentTimeMillis();
            for (Workload.Sending sending : sendings) {
                long pause = begun + sending.at() - System.currentTimeMillis();
                if (pause > 0) {
                    TimeUnit.MILLISECONDS.sleep(pause);
                }
                long sent = System.currentTimeMillis();
                producer.send(sending.record(), (metadata, failure) -> {
                    if (failure == null) {
                        history.note(
                                new Fact.Published(sending.run(), sending.what(), sent, System.currentTimeMillis()));
                        open.countDown();
                    }
                });
            }
            producer.flush();
        }
        if (open.getCount() > 0) {
            throw new AssertionError(open.getCount() + " records were not taken by the broker");
        }
    }

    static KafkaProducer<byte[], byte[]> producer(KafkaConfig kafka) {
        return producer(kafka, 5);
    }

    /** One that waits for no second record to send along, as Allclear's own publishers. */
    static KafkaProducer<byte[], byte[]> promptProducer(KafkaConfig kafka) {
        return producer(kafka, 0);
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaConfig kafka, int lingerMillis) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers().orElseThrow(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        lingerMillis,
                        "max.block.ms",
                        120_000,
                        "delivery.timeout.ms",
                        120_000,
                        "request.timeout.ms",
                        5_000,
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
