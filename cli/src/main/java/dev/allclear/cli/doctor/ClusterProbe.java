package dev.allclear.cli.doctor;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.ClusterView;
import dev.allclear.kafka.ClusterView.Right;
import dev.allclear.kafka.ClusterView.TopicView;
import dev.allclear.kafka.KafkaFailure;
import dev.allclear.kafka.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Is the broker there, are the topics, and what may this client do with them? What {@code run}, {@code publish} and {@code wait} need
 * must be there; what only services need is a warning, since they may log in as somebody else.
 */
public final class ClusterProbe {
    public static final String SUBJECT = "kafka";
    private static final Duration LIMIT = Duration.ofSeconds(6);

    /** What a publisher that waits for its verdict does. */
    private static final Map<Topic, Right> CLIENT = new EnumMap<>(Map.of(
            Topic.MIGRATIONS, Right.WRITE,
            Topic.BASELINES, Right.READ,
            Topic.RESULTS, Right.READ,
            Topic.VERDICTS, Right.READ));

    private static final Pattern USER = Pattern.compile("\\busername\\s*=\\s*\"?([A-Za-z0-9._@-]{1,60})");

    private final KafkaConfig kafka;

    public ClusterProbe(KafkaConfig kafka) {
        this.kafka = kafka;
    }

    /** Blocks, for six seconds at most. */
    public List<Line> ask() {
        ClusterView view;
        try {
            view = ClusterView.of(kafka, LIMIT);
        } catch (KafkaFailure failure) {
            return List.of(Line.missing(
                    SUBJECT,
                    String.valueOf(failure.getMessage()),
                    "check kafka.bootstrap.servers, the security settings beside it, and the network"));
        }
        List<Line> lines = new ArrayList<>();
        lines.add(Line.ok(SUBJECT, kafka + ": " + view.brokers() + (view.brokers() == 1 ? " broker" : " brokers")));
        for (Topic topic : Topic.values()) {
            lines.add(Optional.ofNullable(view.topics().get(topic))
                    .map(seen -> seen(topic, seen))
                    .orElseGet(() -> absent(topic, view)));
        }
        if (!view.unequal().isEmpty()) {
            lines.add(Line.missing(
                    SUBJECT,
                    "migrations and results must have equally many partitions",
                    "kafka-topics.sh --alter --partitions N --topic " + name(Topic.RESULTS) + server()));
        }
        return lines;
    }

    private Line seen(Topic topic, TopicView seen) {
        String what = name(topic) + ", " + seen.partitions() + (seen.partitions() == 1 ? " partition" : " partitions");
        if (seen.rights().isEmpty()) {
            return Line.ok(SUBJECT, what + "; the broker does not say what is allowed");
        }
        Set<Right> refused = EnumSet.allOf(Right.class);
        refused.removeAll(seen.rights().get());
        if (refused.isEmpty()) {
            return Line.ok(SUBJECT, what + ", may be read and written");
        }
        boolean forUs = CLIENT.containsKey(topic) && refused.contains(CLIENT.get(topic));
        List<String> remedies = refused.stream()
                .filter(right -> !forUs || right == CLIENT.get(topic))
                .map(right -> acl(right.name(), topic))
                .toList();
        return new Line(
                forUs ? Line.State.MISSING : Line.State.WARN,
                SUBJECT,
                what + ": may not be " + words(refused)
                        + (forUs ? "" : " by this client; services need it, a client does not"),
                remedies);
    }

    private Line absent(Topic topic, ClusterView view) {
        if (view.mayCreate().orElse(true)) {
            return Line.warn(SUBJECT, name(topic) + " is not there yet; the first service creates it");
        }
        Optional<Right> needed = Optional.ofNullable(CLIENT.get(topic));
        String what = name(topic) + " is not there, or hidden from this client, which may create none";
        return new Line(
                needed.isPresent() ? Line.State.MISSING : Line.State.WARN,
                SUBJECT,
                needed.isPresent() ? what : what + "; services need it, a client does not",
                List.of(
                        "kafka-topics.sh --create --topic " + name(topic) + " --partitions " + kafka.partitions()
                                + server() + "  # if it is not there",
                        acl(needed.orElse(Right.READ).name(), topic)));
    }

    private String acl(String operation, Topic topic) {
        return "kafka-acls.sh --add --allow-principal User:" + user() + " --operation "
                + operation.charAt(0) + operation.substring(1).toLowerCase(Locale.ROOT) + " --topic " + name(topic)
                + server();
    }

    /** Who we are there, where the settings say; a broker may see it otherwise (a certificate's name). */
    private String user() {
        Matcher named = USER.matcher(kafka.client().getOrDefault("sasl.jaas.config", ""));
        return named.find() ? named.group(1) : "NAME";
    }

    private String server() {
        return " --bootstrap-server " + kafka.bootstrapServers().orElse("");
    }

    private String name(Topic topic) {
        return topic.nameWith(kafka.topicPrefix());
    }

    private static String words(Set<Right> rights) {
        return String.join(
                " or ",
                rights.stream()
                        .map(right -> right == Right.READ ? "read" : "written")
                        .toList());
    }
}
