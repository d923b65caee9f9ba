package dev.allclear.aggregator.stream;

import dev.allclear.config.InvalidConfiguration;
import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** How many partitions the topics have that are read together. With different counts Streams would start, and a run would get two verdicts. */
public final class Partitions {
    private static final int SECONDS = 30;

    private Partitions() {}

    /** Asks the broker. Throws {@link InvalidConfiguration} when the topics are missing, differ or cannot be asked for. */
    public static int of(KafkaConfig kafka) {
        String migrations = Topic.MIGRATIONS.nameWith(kafka.topicPrefix());
        String results = Topic.RESULTS.nameWith(kafka.topicPrefix());
        Map<String, TopicDescription> topics = describe(kafka, List.of(migrations, results));
        int ofMigrations = countOf(topics, migrations);
        int ofResults = countOf(topics, results);
        if (ofMigrations != ofResults) {
            throw new InvalidConfiguration(List.of(migrations + " has " + ofMigrations + " partitions and " + results
                    + " has " + ofResults + "; they must have the same number"));
        }
        return ofMigrations;
    }

    private static int countOf(Map<String, TopicDescription> topics, String name) {
        TopicDescription topic = topics.get(name);
        if (topic == null) {
            throw new InvalidConfiguration(List.of("topic " + name + " does not exist"));
        }
        return topic.partitions().size();
    }

    private static Map<String, TopicDescription> describe(KafkaConfig kafka, List<String> names) {
        try (Admin admin = Admin.create(new LinkedHashMap<String, Object>(kafka.client()))) {
            return admin.describeTopics(names).allTopicNames().get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InvalidConfiguration(List.of("interrupted while asking " + kafka + " for its topics"));
        } catch (ExecutionException failed) {
            throw new InvalidConfiguration(List.of(
                    "the topics " + names + " cannot be read at " + kafka + ": " + failed.getCause()));
        } catch (TimeoutException late) {
            throw new InvalidConfiguration(List.of(kafka + " did not answer within " + SECONDS + " s"));
        }
    }
}
