package dev.allclear.kafka;

import dev.allclear.config.InvalidConfiguration;
import dev.allclear.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it, at start, that the topics of the contract are there and fit together. */
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final KafkaConfig config;

    private Topics(KafkaConfig config) {
        this.config = config;
    }

    /**
     * Creates what is missing and checks what is there. Blocks, and keeps trying while the broker does not answer.
     *
     * @return how many partitions {@link Topic#MIGRATIONS} has; a topic that was there before need not have what is configured
     * @throws InvalidConfiguration when the topics cannot work as they are
     * @throws KafkaFailure when the broker did not answer within the limit, or forbids it
     */
    public static int ensure(KafkaConfig config, Duration limit) {
        Topics topics = new Topics(config);
        long deadline = System.nanoTime() + limit.toNanos();
        boolean told = false;
        while (true) {
            try {
                return topics.tryOnce();
            } catch (ExecutionException | KafkaException | java.util.concurrent.TimeoutException failure) {
                topics.throwIfFinal(failure);
                if (System.nanoTime() - deadline > 0) {
                    throw KafkaFailure.of(config, "did not answer within " + limit.toSeconds() + " s", failure);
                }
                if (!told && !(failure instanceof UnknownTopicOrPartitionException)) {
                    LOG.warn("{} does not answer yet, trying for {} s", config, limit.toSeconds());
                    told = true;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw KafkaFailure.of(config, "was not waited for any longer", interrupted);
            }
        }
    }

    private int tryOnce() throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            Map<Topic, Integer> counts = partitionCounts(admin);
            List<NewTopic> missing = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                if (!counts.containsKey(topic)) {
                    missing.add(new NewTopic(
                                    topic.nameWith(config.topicPrefix()),
                                    Optional.of(config.partitions()),
                                    Optional.of((short) config.replication()))
                            .configs(topic.settings()));
                }
            }
            for (KafkaFuture<Void> created :
                    admin.createTopics(missing).values().values()) {
                awaitCreation(created);
            }
            Map<Topic, Integer> all = missing.isEmpty() ? counts : partitionCounts(admin);
            check(all);
            return all.getOrDefault(Topic.MIGRATIONS, config.partitions());
        }
    }

    private Map<Topic, Integer> partitionCounts(Admin admin)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        List<String> names = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            names.add(topic.nameWith(config.topicPrefix()));
        }
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(names).topicNameValues();
        for (Topic topic : Topic.values()) {
            KafkaFuture<TopicDescription> description = described.get(topic.nameWith(config.topicPrefix()));
            try {
                if (description != null) {
                    counts.put(
                            topic,
                            description.get(10, TimeUnit.SECONDS).partitions().size());
                }
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure;
                }
            }
        }
        return counts;
    }

    /** Somebody else may create it at the same moment. */
    private static void awaitCreation(KafkaFuture<Void> created)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        try {
            created.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }

    /** With different counts Streams would start without a word, and the events of one run would meet in two tasks. */
    private void check(Map<Topic, Integer> counts) {
        if (counts.size() < Topic.values().length) {
            throw new UnknownTopicOrPartitionException("topics were created but are not visible yet");
        }
        List<String> sizes = new ArrayList<>();
        counts.forEach((topic, count) -> {
            if (topic.isCoPartitioned()) {
                sizes.add(topic.nameWith(config.topicPrefix()) + " has " + count);
            }
        });
        long different = counts.keySet().stream()
                .filter(Topic::isCoPartitioned)
                .map(counts::get)
                .distinct()
                .count();
        if (different > 1) {
            throw new InvalidConfiguration(List.of("kafka: " + String.join(" partitions, ", sizes)
                    + " partitions: they must have equally many; add partitions to the smaller one"
                    + " (kafka-topics.sh --alter --partitions), or use another kafka.topic-prefix"));
        }
    }

    private void throwIfFinal(Exception failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof InvalidReplicationFactorException) {
            throw new InvalidConfiguration(List.of("kafka.replication: " + config.replication() + " is more than "
                    + config + " has brokers: " + cause.getMessage()));
        }
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            throw KafkaFailure.of(
                    config, "does not let us see or create the topics " + config.topicPrefix() + "*", cause);
        }
    }
}
