package dev.allclear.cli.conformance;

import dev.allclear.codec.Json;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.EventType;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.Partition;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Durations;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a check got wrong, in sentences, from what it was asked and what was heard of it. */
final class ConformanceJudge {
    private static final int LARGEST_RECORD = 1 << 20;

    private final CheckName check;
    private final Duration deadline;
    private final Set<String> wrong = new LinkedHashSet<>();

    private ConformanceJudge(CheckName check, Duration deadline) {
        this.check = check;
        this.deadline = deadline;
    }

    /** In the order of what was asked; nothing when the check keeps the contract. */
    static List<String> mistakes(CheckName check, Duration deadline, List<Asked> asked, List<Heard> heard) {
        ConformanceJudge judge = new ConformanceJudge(check, deadline);
        heard.forEach(judge::readable);
        List<Heard> own = heard.stream()
                .filter(one -> one.record().content() instanceof Decoded.Event && one.isOf(check))
                .toList();
        own.forEach(judge::placed);
        own.forEach(one -> judge.askedFor(one, asked));
        asked.forEach(one -> judge.answered(one, own));
        return List.copyOf(judge.wrong);
    }

    private void readable(Heard heard) {
        if (heard.record().content() instanceof Decoded.Poison poison) {
            wrong.add("a record on " + heard.record().topic() + " cannot be read: " + poison.reason());
        }
    }

    private void placed(Heard heard) {
        Decoded.Event decoded = (Decoded.Event) heard.record().content();
        AllclearEvent event = decoded.event();
        EventType type = event.type();
        String what = type.wireName();
        String topic = Topic.of(type).label();
        if (!heard.record().topic().equals(topic)) {
            wrong.add(what + " lies on " + heard.record().topic() + " and belongs on " + topic);
            return;
        }
        String key = event instanceof BaselineCaptured
                ? event.database() + "/" + event.run() + "/" + check
                : event.database().value();
        if (!heard.record().key().equals(key)) {
            wrong.add(what + " has the key \"" + Excerpt.of(heard.record().key(), 80) + "\" and needs "
                    + (event instanceof BaselineCaptured ? "database/runId/check" : "the database's name"));
        } else if (Topic.of(type).isKeyedByDatabase()
                && heard.record().partition()
                        != Partition.of(event.database(), heard.record().partitions())) {
            wrong.add(
                    what + " lies in another partition than murmur2 chooses for its key: set partitioner=murmur2_random"
                            + " in librdkafka, the Java-compatible one elsewhere");
        }
        if (heard.record().text().length() > LARGEST_RECORD) {
            wrong.add(what + " is larger than 1 MiB");
        }
    }

    private void askedFor(Heard heard, List<Asked> asked) {
        AllclearEvent event = ((Decoded.Event) heard.record().content()).event();
        boolean known = asked.stream()
                .anyMatch(one -> one.run().equals(event.run()) && one.database().equals(event.database()));
        if (!known) {
            wrong.add("it spoke of a run that nobody told it of: "
                    + event.type().wireName() + " names run " + event.run() + " of database " + event.database());
        }
    }

    private void answered(Asked asked, List<Heard> own) {
        List<Heard> answers = about(asked, own, CheckCompleted.class);
        List<Heard> baselines = about(asked, own, BaselineCaptured.class);
        if (asked.announced() && baselines.isEmpty()) {
            wrong.add("it said nothing about \"before\" of a run " + asked.how()
                    + ": every migration.started is answered with one baseline.captured, NONE where none is needed");
        }
        if (baselines.stream()
                        .map(one -> one.as(BaselineCaptured.class).orElseThrow().status())
                        .distinct()
                        .count()
                > 1) {
            wrong.add("its baselines of one run differ, for a run " + asked.how());
        }
        if (answers.isEmpty()) {
            wrong.add("it gave no answer to a run " + asked.how() + " (waited " + Durations.format(deadline) + ")");
            return;
        }
        if (answers.get(0).after().compareTo(deadline) > 0) {
            wrong.add("it answered a run " + asked.how() + " after "
                    + Durations.rounded(answers.get(0).after()) + " (limit " + Durations.format(deadline) + ")");
        }
        if (answers.stream().map(ConformanceJudge::gist).distinct().count() > 1) {
            wrong.add("its answers to one run differ, for a run " + asked.how() + ": "
                    + answers.stream().map(ConformanceJudge::gist).distinct().collect(Collectors.joining(", then ")));
        }
        for (Heard answer : answers) {
            CheckReport report = answer.as(CheckCompleted.class).orElseThrow().report();
            if (!asked.ran() && report.outcome() == Outcome.PASSED) {
                wrong.add("it passed a run " + asked.how() + ": there was nothing to verify");
            }
            claimedOutcome(answer)
                    .filter(claimed -> !claimed.equals(report.outcome().name()))
                    .ifPresent(claimed ->
                            wrong.add("it says " + claimed + " beside a finding that makes it " + report.outcome()));
        }
    }

    private static <T extends AllclearEvent> List<Heard> about(Asked asked, List<Heard> own, Class<T> type) {
        List<Heard> about = new ArrayList<>();
        for (Heard one : own) {
            one.as(type)
                    .filter(event ->
                            event.run().equals(asked.run()) && event.database().equals(asked.database()))
                    .ifPresent(event -> about.add(one));
        }
        return about;
    }

    private static String gist(Heard answer) {
        CheckReport report = answer.as(CheckCompleted.class).orElseThrow().report();
        Set<String> codes = new TreeSet<>();
        report.findings().forEach(finding -> codes.add(finding.code().value()));
        return report.outcome() + (codes.isEmpty() ? "" : " " + codes);
    }

    /** What it wrote, before the reader made it worse. */
    private static Optional<String> claimedOutcome(Heard answer) {
        Object data = Json.parse(answer.record().text());
        if (((java.util.Map<?, ?>) data).get("data") instanceof java.util.Map<?, ?> structured) {
            data = structured;
        }
        return ((java.util.Map<?, ?>) data).get("outcome") instanceof String claimed
                ? Optional.of(claimed)
                : Optional.empty();
    }
}
