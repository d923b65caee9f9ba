package dev.allclear.acceptance.services;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Records what the services say, as a {@code read_committed} reader sees it. */
public final class TopicWatch implements AutoCloseable {
    private final List<AllclearEvent> seen = new CopyOnWriteArrayList<>();
    private final EventTail tail;

    public TopicWatch(KafkaConfig kafka) {
        tail = EventTail.fromBeginning(
                kafka,
                EnumSet.of(Topic.BASELINES, Topic.RESULTS, Topic.VERDICTS),
                received -> seen.add(received.event()));
    }

    public void awaitBaselines(RunId run, int count) {
        Awaitility.await("baselines of " + run)
                .atMost(Duration.ofSeconds(60))
                .until(() -> baselines(run).size() >= count);
    }

    private Set<String> baselines(RunId run) {
        return seen.stream()
                .filter(event -> event.run().equals(run) && event instanceof BaselineCaptured)
                .map(event -> ((BaselineCaptured) event).check().value())
                .collect(Collectors.toSet());
    }

    /** The first final verdict on the run. */
    public Verdict awaitFinalVerdict(RunId run, Duration limit) {
        Awaitility.await("verdict on " + run).atMost(limit).until(() -> verdicts(run).stream()
                .anyMatch(Verdict::isFinal));
        return verdicts(run).stream().filter(Verdict::isFinal).findFirst().orElseThrow();
    }

    public List<Verdict> verdicts(RunId run) {
        return seen.stream()
                .filter(event -> event.run().equals(run) && event instanceof VerdictReached)
                .map(event -> ((VerdictReached) event).verdict())
                .toList();
    }

    @Override
    public void close() {
        tail.close();
    }
}
