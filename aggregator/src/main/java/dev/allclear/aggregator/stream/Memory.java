package dev.allclear.aggregator.stream;

import dev.allclear.aggregator.ledger.FiringAlerts;
import dev.allclear.aggregator.ledger.RunLedger;
import dev.allclear.aggregator.ledger.RunWindows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The aggregator's memory in one partition: in RAM, and in changelog topics from which another instance takes over. */
record Memory(
        JsonStore<RunLedger> ledgers,
        Agenda agenda,
        Waiting waiting,
        JsonStore<FiringAlerts> alerts,
        JsonStore<RunWindows> windows) {
    /** On the agenda: a run to look at. */
    static final String RUN = "run:";

    /** On the agenda: a held result to give up. */
    static final String HELD = "held:";

    private static final int AT_HAND = 200;

    /** A record of the largest size that topics take, held as text, is more than Kafka's usual megabyte; it must not end the aggregator. */
    static final int LARGEST_ENTRY = 8 << 20;

    private static final List<String> NAMES = List.of("ledgers", "agenda", "waiting", "alerts", "windows");

    /** Written again with every answer of a run: only what stands at a commit goes to the changelog. */
    private static final Set<String> REWRITTEN = Set.of("ledgers", "agenda", "alerts", "windows");

    static List<StoreBuilder<?>> builders() {
        return NAMES.stream()
                .<StoreBuilder<?>>map(
                        name -> REWRITTEN.contains(name) ? builder(name).withCachingEnabled() : builder(name))
                .toList();
    }

    static Memory of(ProcessorContext<byte[], byte[]> context) {
        return new Memory(
                new JsonStore<>(context.getStateStore("ledgers"), RunLedger.class, AT_HAND),
                new Agenda(context.getStateStore("agenda")),
                new Waiting(context.getStateStore("waiting")),
                new JsonStore<>(context.getStateStore("alerts"), FiringAlerts.class, AT_HAND),
                new JsonStore<>(context.getStateStore("windows"), RunWindows.class, AT_HAND));
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(LARGEST_ENTRY)));
    }
}
