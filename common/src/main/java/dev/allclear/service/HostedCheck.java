package dev.allclear.service;

import dev.allclear.check.Checker;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.kafka.ConsumerLoop;
import dev.allclear.kafka.EventHandler;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Partition;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One check on Kafka: its service, the group that feeds it, and what it has published before. */
final class HostedCheck implements EventHandler {
    /** A publisher's clock may be wrong by this much without a baseline being missed. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(HostedCheck.class);
    private static final Duration STEP = Duration.ofSeconds(15);

    private final CheckName check;
    private final String source;
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean bareSeen = new AtomicBoolean();
    private final EventPublisher publisher;
    private final CheckerService service;
    private final EventTail tail;
    private final ConsumerLoop loop;

    /** @param partitions of the migrations topic */
    HostedCheck(CheckerModule module, Checker checker, Parts parts, int partitions) {
        KafkaConfig kafka = parts.config().kafka();
        this.check = module.name();
        this.source = CheckerHost.sourceOf(check);
        this.publisher = new EventPublisher(kafka, source);
        this.service = new CheckerService(
                checker,
                versionOf(module),
                module.beforeLimit(),
                RunLimits.of(parts.config()),
                parts.config(),
                database -> owned.contains(Partition.of(database, partitions)),
                publisher::publish,
                parts.vertx(),
                parts.clock(),
                parts.meters());
        this.tail = EventTail.from(
                parts.clock().instant().minus(RunMemory.RETENTION).minus(MARGIN),
                kafka,
                Set.of(Topic.BASELINES, Topic.RESULTS),
                this::observe);
        this.loop = new ConsumerLoop(
                kafka, "check-" + check, Set.of(Topic.MIGRATIONS), this, parts.vertx(), parts.meters());
        tail.caughtUp().onSuccess(ignored -> service.caughtUp());
        loop.start();
    }

    CheckName check() {
        return check;
    }

    boolean isHealthy() {
        return loop.isHealthy();
    }

    @Override
    public Future<Void> handle(ReceivedEvent received) {
        if (received.source().equals(EventRecords.BARE_JSON) && bareSeen.compareAndSet(false, true)) {
            LOG.info(
                    "run {} was published as bare JSON, without CloudEvents attributes; it is read all the same",
                    received.event().run());
        }
        return service.handle(received.event(), received.timestamp());
    }

    @Override
    public void assigned(Set<Partition> those) {
        those.forEach(partition -> owned.add(partition.number()));
        service.reassigned();
    }

    @Override
    public void lost(Set<Partition> those) {
        those.forEach(partition -> owned.remove(partition.number()));
        service.reassigned();
    }

    /** Takes nothing more, lets finish what is under way, commits; then the observations, then the ways out. */
    Future<Void> close(Vertx vertx) {
        return Shutdown.inOrder(STEP, loop::close, service::close, tail::close, () -> vertx.executeBlocking(() -> {
                    publisher.close();
                    return true;
                })
                .mapEmpty());
    }

    /** Only what this check itself has said: an answer in its name by somebody else must not keep it from answering. */
    private void observe(ReceivedEvent received) {
        if (received.source().equals(source)
                && (received.event() instanceof BaselineCaptured || received.event() instanceof CheckCompleted)) {
            service.observe(received.event());
        }
    }

    private static String versionOf(CheckerModule module) {
        String version = module.getClass().getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
