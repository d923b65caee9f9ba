package dev.allclear.aggregator.stream;

import dev.allclear.aggregator.ledger.RunLedger;
import dev.allclear.aggregator.ledger.RunWindows;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.Topic;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Excerpt;
import dev.allclear.model.RunId;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in one partition's records and lets time pass in it. Never throws because of what a record says: what cannot be understood
 * becomes a dead letter, so that no record stalls its partition.
 */
final class Intake implements Processor<byte[], byte[], byte[], byte[]> {
    static final Duration TICK = Duration.ofMillis(250);
    private static final Duration BEAT = Duration.ofMillis(10);
    static final Duration HOLD = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MOST_PER_TICK = 500;

    private final Setting setting;
    private final Clock clock;
    private final Policies policies;
    private final MeterRegistry meters;
    private @org.jspecify.annotations.Nullable Desk desk;
    private final CommitPace pace;
    private boolean owesACommit;
    private boolean resting = true;

    Intake(Setting setting, CommitPace pace) {
        this.setting = setting;
        this.pace = pace;
        this.clock = setting.clock();
        this.policies = setting.policies();
        this.meters = setting.meters();
    }

    /** What there is once the partition has been assigned. */
    private record Desk(
            ProcessorContext<byte[], byte[]> context,
            Memory stores,
            Outlet outlet,
            Rejections rejections,
            Bench bench,
            Standstill standstill,
            Watermark watermark) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Memory stores = Memory.of(context);
        Outlet outlet = new Outlet(context, setting.prefix(), meters);
        Instant now = clock.instant();
        Rejections rejections = new Rejections(context.taskId().partition(), stores, outlet, meters, now);
        int partition = context.taskId().partition();
        desk = new Desk(
                context,
                stores,
                outlet,
                rejections,
                new Bench(policies, stores, outlet),
                new Standstill(now),
                new Watermark(() -> setting.progress().apply(partition)));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, ignored -> tick());
        context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, ignored -> beat());
    }

    private Desk desk() {
        Desk assigned = desk;
        if (assigned == null) {
            throw new IllegalStateException("a record came before the partition was assigned");
        }
        return assigned;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Place place = desk().context().recordMetadata().map(Intake::placeOf).orElse(new Place("unknown", 0, 0));
        Instant now = clock.instant();
        desk().watermark().read(place.topic(), place.offset());
        Decoded decoded = decode(record);
        if (decoded instanceof Decoded.Poison poison) {
            reject(place, record, "poison", poison.reason(), now);
        } else if (decoded instanceof Decoded.Event event) {
            try {
                if (isHere(event, place, record, now)) {
                    take(event, place, record, now);
                }
            } catch (IllegalArgumentException | IllegalStateException unhandled) {
                LOG.error("{} could not be handled", place, unhandled);
                reject(place, record, "unhandled", String.valueOf(unhandled.getMessage()), now);
            }
        }
        commitSoon(true);
    }

    /** Hostile bytes must not end the thread, whatever they do to a parser. */
    private static Decoded decode(Record<byte[], byte[]> record) {
        try {
            return EventRecords.decode(record.headers(), record.value());
        } catch (RuntimeException | StackOverflowError broken) {
            return new Decoded.Poison("decoding it failed: " + broken.getClass().getSimpleName());
        }
    }

    /** Whether the record is where its database's records meet; if not, it is sent there, once. */
    private boolean isHere(Decoded.Event event, Place place, Record<byte[], byte[]> record, Instant now) {
        byte[] key = event.event().database().value().getBytes(StandardCharsets.UTF_8);
        int right = Utils.toPositive(Utils.murmur2(key)) % setting.partitions();
        if (right == place.partition()) {
            return true;
        }
        Topic topic = Topic.of(event.event().type());
        Header moved = record.headers().lastHeader(Outlet.MOVED);
        if (moved != null || !topic.isCoPartitioned()) {
            reject(place, record, "wrong-partition", "it belongs in partition " + right, now);
            return false;
        }
        if (!Outlet.canMove(record)) {
            reject(
                    place,
                    record,
                    "wrong-partition",
                    "it belongs in partition " + right + " and is too large to move",
                    now);
            return false;
        }
        LOG.warn(
                "run {} of {} from {} was in partition {} instead of {} and is moved; set partitioner=murmur2_random there, "
                        + "and the database's name as the key",
                event.event().run(),
                event.event().database(),
                Excerpt.of(event.source()),
                place.partition(),
                right);
        desk().outlet().move(topic, place, key, record);
        return false;
    }

    private void take(Decoded.Event decoded, Place place, Record<byte[], byte[]> record, Instant now) {
        AllclearEvent event = decoded.event();
        meters.counter("allclear.aggregator.events", "type", event.type().wireName())
                .increment();
        switch (event.type()) {
            case MIGRATION_STARTED, MIGRATION_COMPLETED -> takeMigration(event, record, now);
            case CHECK_COMPLETED -> takeAnswer((CheckCompleted) event, decoded.id(), place, record, now);
            case CHECK_STARTED -> {}
            case BASELINE_CAPTURED, VERDICT_REACHED, ALERT_FIRING, ALERT_RESOLVED ->
                reject(place, record, "wrong-topic", event.type().wireName() + " does not belong here", now);
        }
    }

    private void takeMigration(AllclearEvent event, Record<byte[], byte[]> record, Instant now) {
        DatabaseName database = event.database();
        RunId run = event.run();
        Bench bench = desk().bench();
        if (isExpired(event, record, now) && bench.find(database, run).isEmpty()) {
            meters.counter("allclear.aggregator.expired").increment();
            return;
        }
        RunWindows neighbours = bench.windowsOf(database);
        RunLedger ledger = bench.step(
                database,
                run,
                now,
                (before, policy) -> event instanceof MigrationStarted started
                        ? before.started(started, neighbours, now, policy)
                        : before.completed((MigrationCompleted) event, neighbours, now, policy));
        for (String key : desk().stores().waiting().keysOf(Bench.keyOf(database, run))) {
            desk().stores().waiting().take(key).ifPresent(held -> {
                desk().stores().agenda().remove(held.since().plus(HOLD), Memory.HELD + key);
                if (decode(held.record()) instanceof Decoded.Event answer
                        && answer.event() instanceof CheckCompleted completed) {
                    bench.step(
                            database,
                            run,
                            now,
                            (before, policy) -> before.answered(completed.report(), answer.id(), now, policy));
                }
            });
        }
        bench.noteWindow(ledger, now);
    }

    private void takeAnswer(CheckCompleted answer, String id, Place place, Record<byte[], byte[]> record, Instant now) {
        Bench bench = desk().bench();
        if (bench.find(answer.database(), answer.run()).isPresent()) {
            bench.step(
                    answer.database(),
                    answer.run(),
                    now,
                    (ledger, policy) -> ledger.answered(answer.report(), id, now, policy));
        } else if (isExpired(answer, record, now)) {
            meters.counter("allclear.aggregator.expired").increment();
        } else if (desk().stores().waiting().isFull()) {
            reject(
                    place,
                    record,
                    "unknown-run",
                    "run " + answer.run() + " is not known, and too many wait already",
                    now);
        } else {
            String key = Bench.keyOf(answer.database(), answer.run()) + "/"
                    + answer.report().check() + "/" + Excerpt.of(id, 60) + "/" + place.partition() + "-"
                    + place.offset();
            desk().stores().waiting().hold(key, HeldRecord.of(place, now, record));
            desk().stores().agenda().add(now.plus(HOLD), Memory.HELD + key);
        }
    }

    /** Too old to open a run with: what a first deployment finds on the topics is history. */
    private boolean isExpired(AllclearEvent event, Record<byte[], byte[]> record, Instant now) {
        if (record.timestamp() <= 0) {
            return false;
        }
        Duration limit = event instanceof MigrationCompleted completed
                ? policies.of(event.database())
                        .effectiveDeadline(completed.description())
                        .plus(HOLD)
                : policies.of(event.database()).abandonAfter();
        return Instant.ofEpochMilli(record.timestamp()).plus(limit).isBefore(now);
    }

    private void tick() {
        Instant now = clock.instant();
        desk().rejections().tick(now);
        resting = !desk().standstill().isOver(now);
        letTimePass(now);
    }

    private void beat() {
        if (desk().watermark().isAnswered()) {
            letTimePass(clock.instant());
        }
        commitSoon(false);
    }

    private void letTimePass(Instant now) {
        if (!resting && desk().stores().agenda().isDue(now)) {
            desk().watermark().at(now).ifPresent(this::passDeadlines);
        }
    }

    private void passDeadlines(Instant watermark) {
        for (String due : desk().stores().agenda().takeDue(watermark, MOST_PER_TICK)) {
            if (due.startsWith(Memory.RUN)) {
                desk().bench().tick(due.substring(Memory.RUN.length()), watermark);
            } else {
                Optional<HeldRecord> given = desk().stores().waiting().take(due.substring(Memory.HELD.length()));
                given.ifPresent(held -> reject(
                        held.place(),
                        held.record(),
                        "unknown-run",
                        "no run of that name was announced in time",
                        clock.instant()));
            }
        }
        commitSoon(false);
    }

    private void reject(Place place, Record<byte[], byte[]> record, String kind, String why, Instant now) {
        desk().rejections().reject(place, record, kind, why, now);
    }

    /** What was decided becomes visible now rather than at the next interval. */
    private void commitSoon(boolean afterRecord) {
        owesACommit |= desk().outlet().saidSomething();
        if (pace.isDue(afterRecord, owesACommit, System.nanoTime())) {
            owesACommit = false;
            desk().context().commit();
        }
    }

    private static Place placeOf(RecordMetadata metadata) {
        return new Place(metadata.topic(), metadata.partition(), metadata.offset());
    }
}
