package dev.allclear.acceptance.aggregator;

import dev.allclear.aggregator.stream.StreamsSettings;
import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What is left for an aggregator to win: Kafka Streams with its settings, its topics and a changelog as large as its ledgers, but nothing
 * is decoded, judged or shown. Counts a database's events, and says something of the size of a verdict after every sixth.
 */
public final class StreamsPeer {
    static final String VERDICTS = "bare.verdicts";
    private static final int EVENTS_OF_A_RUN = 6;
    /** Bytes of a ledger, and of a verdict, in this bench. */
    private static final byte[] AS_LARGE = new byte[1_500];

    private StreamsPeer() {}

    /** An address, and a directory for its state. */
    public static void main(String[] args) {
        KafkaConfig kafka = new KafkaConfig(Map.of("bootstrap.servers", args[0]), "bare.", 3, 1);
        Topology topology = new Topology()
                .addSource(
                        "events",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topic.MIGRATIONS.nameWith(Cluster.PREFIX),
                        Topic.RESULTS.nameWith(Cluster.PREFIX))
                .addProcessor("counter", Counter::new, "events")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore("ledgers"), Serdes.String(), Serdes.ByteArray())
                                .withCachingEnabled(),
                        "counter")
                .addSink(VERDICTS, VERDICTS, new ByteArraySerializer(), new ByteArraySerializer(), "counter");
        KafkaStreams streams = new KafkaStreams(topology, StreamsSettings.of(kafka, Path.of(args[1])));
        streams.start();
    }

    private static final class Counter implements Processor<byte[], byte[], byte[], byte[]> {
        private static final Duration COMMITS = Duration.ofMillis(100);

        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<String, byte[]> ledgers;
        private final Map<String, Integer> events = new HashMap<>();

        @Override
        public void init(ProcessorContext<byte[], byte[]> assigned) {
            context = assigned;
            ledgers = assigned.getStateStore("ledgers");
            assigned.schedule(COMMITS, PunctuationType.WALL_CLOCK_TIME, ignored -> assigned.commit());
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            String database = new String(record.key(), StandardCharsets.UTF_8);
            int number = events.merge(database, 1, Integer::sum);
            ledgers.put(database + "/" + number / EVENTS_OF_A_RUN, AS_LARGE);
            if (number % EVENTS_OF_A_RUN == 0) {
                context.forward(record.withValue(AS_LARGE));
            }
        }
    }
}
