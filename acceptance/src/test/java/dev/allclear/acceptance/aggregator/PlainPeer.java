package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.CheckCompleted;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.EventRecords;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The floor for an aggregator: plain clients that do the same hops without transactions, changelog, deadlines or a ledger. Decodes each
 * result as the aggregator does, counts to five in memory and says so. Loses and doubles what it likes when it dies.
 */
public final class PlainPeer {
    static final String READY = "the peer is ready";
    static final String VERDICTS = "plain.verdicts";

    private final Map<RunId, Integer> answers = new HashMap<>();

    private PlainPeer() {}

    /** An address, and the topic to read. */
    public static void main(String[] args) {
        KafkaConfig kafka = new KafkaConfig(Map.of("bootstrap.servers", args[0]), "", 3, 1);
        new PlainPeer().serve(kafka, args[1]);
    }

    private void serve(KafkaConfig kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = Observer.consumer(kafka, "plain-peer");
                KafkaProducer<byte[], byte[]> producer = Driver.promptProducer(kafka)) {
            consumer.subscribe(List.of(topic));
            boolean told = false;
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> take(record, producer));
                consumer.commitAsync();
                if (!told && !consumer.assignment().isEmpty()) {
                    System.out.println(READY);
                    told = true;
                }
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
        if (EventRecords.decode(record.headers(), record.value()) instanceof Decoded.Event event
                && event.event() instanceof CheckCompleted answer
                && answers.merge(answer.run(), 1, Integer::sum) == 5) {
            answers.remove(answer.run());
            var unused = producer.send(new ProducerRecord<>(VERDICTS, record.key(), record.value()));
        }
    }
}
