package dev.allclear.cli;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.KafkaConfig;
import dev.allclear.embedded.EmbeddedBroker;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.Topics;
import dev.allclear.model.CheckName;
import dev.allclear.service.CheckerHost;
import dev.allclear.service.TemporaryFolder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A broker and all services in this process, for a run where no cluster is configured. */
final class Standalone implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long CLOSE_SECONDS = 20;
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TELLING = Duration.ofSeconds(10);

    private final TemporaryFolder state;
    private final EmbeddedBroker broker;
    private final Vertx vertx;
    private final Services services;
    private final KafkaConfig kafka;

    private Standalone(
            TemporaryFolder state, EmbeddedBroker broker, Vertx vertx, Services services, KafkaConfig kafka) {
        this.state = state;
        this.broker = broker;
        this.vertx = vertx;
        this.services = services;
        this.kafka = kafka;
    }

    /** Starts and waits until every service listens. The configuration's mistakes are thrown, all at once. */
    static Standalone start(AllclearConfig config, Set<CheckName> checks, StandaloneOptions options, Clock clock) {
        config.mistakes().throwIfAny();
        TemporaryFolder state = TemporaryFolder.create("allclear-state");
        try {
            EmbeddedBroker broker = options.kafkaPort().isPresent()
                    ? EmbeddedBroker.start(
                            state.path().resolve("broker"), options.kafkaPort().getAsInt())
                    : EmbeddedBroker.start();
            try {
                return start(config, checks, options, clock, broker, state);
            } catch (RuntimeException failed) {
                broker.close();
                throw failed;
            }
        } catch (RuntimeException failed) {
            state.close();
            throw failed;
        }
    }

    private static Standalone start(
            AllclearConfig config,
            Set<CheckName> checks,
            StandaloneOptions options,
            Clock clock,
            EmbeddedBroker broker,
            TemporaryFolder state) {
        Vertx vertx = Vertx.vertx();
        try {
            // nothing of how a cluster is reached is true of this broker
            KafkaConfig kafka = new KafkaConfig(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    config.kafka().topicPrefix(),
                    1,
                    1);
            publish(options.before(), kafka);
            AllclearConfig here = new AllclearConfig(kafka, config.databases(), config.http(), config.root());
            Services services = Services.start(
                    Services.parts(vertx, clock, here, new SimpleMeterRegistry()),
                    checks,
                    true,
                    options.console(),
                    state.path());
            services.running().await(START_SECONDS, TimeUnit.SECONDS);
            return new Standalone(state, broker, vertx, services, kafka);
        } catch (TimeoutException late) {
            vertx.close();
            throw new Unanswered("the services did not start within " + START_SECONDS + " s");
        } catch (RuntimeException failed) {
            vertx.close();
            throw failed;
        }
    }

    /** The console's port, where there is one. */
    Optional<Integer> consolePort() {
        return services.consolePort();
    }

    private static void publish(List<BaselineCaptured> before, KafkaConfig kafka) {
        if (before.isEmpty()) {
            return;
        }
        Topics.ensure(kafka, BROKER_LIMIT);
        for (BaselineCaptured baseline : before) {
            try (EventPublisher publisher = new EventPublisher(kafka, CheckerHost.sourceOf(baseline.check()))) {
                RunClient.await(publisher.publish(baseline));
            }
        }
    }

    KafkaConfig kafka() {
        return kafka;
    }

    /** In order, and never for ever: alerts, which end with this broker; services, Vert.x, broker. */
    @Override
    public void close() {
        try {
            services.tellAlerts(LONGEST_TELLING).await(CLOSE_SECONDS, TimeUnit.SECONDS);
            services.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            System.err.println("allclear: some services did not close in time and are left behind");
        } finally {
            broker.close();
            state.close();
        }
    }
}
