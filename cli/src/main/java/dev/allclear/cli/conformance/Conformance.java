package dev.allclear.cli.conformance;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.Topic;
import dev.allclear.kafka.Topics;
import dev.allclear.kafka.WireProbe;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * One examination from beginning to end.
 *
 * @param command how the check is started; empty when it runs already
 * @param deadline within which it owes an answer
 * @param patience how long it may take to start
 */
public record Conformance(
        CheckName check,
        DatabaseName database,
        List<String> command,
        Duration deadline,
        Duration patience,
        String runPrefix,
        Clock clock) {
    private static final Duration TOPICS = Duration.ofSeconds(60);
    private static final Duration SECOND_ANSWERS = Duration.ofSeconds(2);

    /** What the check got wrong. */
    public List<String> examine(KafkaConfig kafka) {
        Topics.ensure(kafka, TOPICS);
        try (WireProbe wire = new WireProbe(kafka, EnumSet.of(Topic.BASELINES, Topic.RESULTS))) {
            Examination examination = new Examination(wire, check, database, clock, runPrefix);
            if (command.isEmpty()) {
                if (!examination.begin(patience)) {
                    return silent(examination, kafka);
                }
                examination.trouble();
                examination.hearOut(deadline, SECOND_ANSWERS);
            } else {
                try (CheckProcess process = CheckProcess.start(command, kafka)) {
                    if (!examination.begin(patience)) {
                        return silent(examination, kafka);
                    }
                    examination.trouble();
                    examination.hearOut(deadline, SECOND_ANSWERS);
                }
                examination.whileItIsAway();
                try (CheckProcess restarted = CheckProcess.start(command, kafka)) {
                    examination.hearOut(patience.compareTo(deadline) > 0 ? deadline : patience, SECOND_ANSWERS);
                }
            }
            return ConformanceJudge.mistakes(check, deadline, examination.asked(), examination.heard());
        }
    }

    private List<String> silent(Examination examination, KafkaConfig kafka) {
        List<String> other = ConformanceJudge.mistakes(check, patience, examination.asked(), examination.heard());
        return other.isEmpty()
                ? List.of("nothing was heard of " + check + " within " + Durations.format(patience) + " at " + kafka)
                : other;
    }
}
