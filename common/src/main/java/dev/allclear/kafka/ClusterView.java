package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What a cluster looks like to this client: its brokers, the topics of the contract, and what the client may do with each. Asks and
 * changes nothing.
 *
 * @param mayCreate whether the client may create topics that are missing; empty when the cluster does not say
 * @param topics those that it has and lets be seen
 */
public record ClusterView(int brokers, Optional<Boolean> mayCreate, Map<Topic, TopicView> topics) {
    public ClusterView {
        topics = Map.copyOf(topics);
    }

    /** What may be done with a topic. */
    public enum Right {
        READ,
        WRITE
    }

    /**
     * What the cluster says of one topic.
     *
     * @param rights empty when the cluster does not say
     */
    public record TopicView(int partitions, Optional<Set<Right>> rights) {}

    /**
     * Asks the cluster.
     *
     * @throws KafkaFailure when it is not reached within the limit, or refuses us
     */
    public static ClusterView of(KafkaConfig config, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Admin admin = admin(config);
        try {
            int millis = (int) limit.toMillis();
            DescribeClusterResult cluster = admin.describeCluster(new DescribeClusterOptions()
                    .includeAuthorizedOperations(true)
                    .timeoutMs(millis));
            int brokers = await(cluster.nodes(), end).size();
            Optional<Boolean> mayCreate = Optional.ofNullable(await(cluster.authorizedOperations(), end))
                    .map(allowed -> allowed.contains(AclOperation.CREATE));
            return new ClusterView(brokers, mayCreate, topics(admin, config, millis, end));
        } catch (ExecutionException | KafkaException | TimeoutException failure) {
            throw KafkaFailure.of(config, "cannot be asked", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.of(config, "was not waited for any longer", interrupted);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Topics of the contract that must have equally many partitions, and have not. */
    public List<Topic> unequal() {
        List<Topic> together =
                topics.keySet().stream().filter(Topic::isCoPartitioned).sorted().toList();
        boolean equal = topics.entrySet().stream()
                        .filter(topic -> topic.getKey().isCoPartitioned())
                        .map(topic -> topic.getValue().partitions())
                        .distinct()
                        .count()
                <= 1;
        return equal ? List.of() : together;
    }

    private static Admin admin(KafkaConfig config) {
        try {
            return Admin.create(ClientSettings.admin(config));
        } catch (KafkaException unusable) {
            throw KafkaFailure.of(config, "cannot be asked with these settings", unusable);
        }
    }

    private static Map<Topic, TopicView> topics(Admin admin, KafkaConfig config, int millis, long end)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<Topic, TopicView> seen = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            String name = topic.nameWith(config.topicPrefix());
            try {
                TopicDescription description = await(
                                admin.describeTopics(
                                                List.of(name),
                                                new DescribeTopicsOptions()
                                                        .includeAuthorizedOperations(true)
                                                        .timeoutMs(millis))
                                        .allTopicNames(),
                                end)
                        .get(name);
                if (description != null) {
                    seen.put(topic, view(description));
                }
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)
                        && !(failure.getCause() instanceof AuthorizationException)) {
                    throw failure;
                }
            }
        }
        return seen;
    }

    private static TopicView view(TopicDescription description) {
        return new TopicView(
                description.partitions().size(),
                Optional.ofNullable(description.authorizedOperations()).map(ClusterView::rights));
    }

    private static Set<Right> rights(Set<AclOperation> allowed) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        if (allowed.contains(AclOperation.READ)) {
            rights.add(Right.READ);
        }
        if (allowed.contains(AclOperation.WRITE)) {
            rights.add(Right.WRITE);
        }
        return rights;
    }

    private static <T> T await(KafkaFuture<T> future, long end)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
