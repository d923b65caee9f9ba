package dev.allclear.aggregator.stream;

import dev.allclear.kafka.Topic;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** The shell's shape: migrations and results in, verdicts, alerts, dead letters and moved records out. Bytes on every edge. */
public final class AggregatorTopology {
    private static final String INTAKE = "intake";

    private AggregatorTopology() {}

    /** Builds the topology; each sink is named after its topic. */
    public static Topology of(Setting setting) {
        Topology topology = new Topology();
        topology.addSource(
                "events",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                sources(setting.prefix()).toArray(String[]::new));
        CommitPace pace = new CommitPace(System.nanoTime());
        topology.addProcessor(INTAKE, () -> new Intake(setting, pace), "events");
        Memory.builders().forEach(store -> topology.addStateStore(store, INTAKE));
        for (Topic topic : List.of(Topic.VERDICTS, Topic.ALERTS, Topic.DEAD_LETTERS, Topic.MIGRATIONS, Topic.RESULTS)) {
            topology.addSink(
                    topic.label(),
                    topic.nameWith(setting.prefix()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    INTAKE);
        }
        return topology;
    }

    /** The full names of the topics that are read. */
    public static List<String> sources(String prefix) {
        return Stream.of(Topic.MIGRATIONS, Topic.RESULTS)
                .map(topic -> topic.nameWith(prefix))
                .toList();
    }
}
