package dev.allclear.acceptance.aggregator;

import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

/** Runs that pass, one after another: each is announced as over when the one before gets its answers. */
final class OrdinaryRuns {
    private final KafkaProducer<byte[], byte[]> producer;
    private final History history;
    private int number;

    OrdinaryRuns(KafkaProducer<byte[], byte[]> producer, History history) {
        this.producer = producer;
        this.history = history;
        open();
    }

    /** The run that is open. */
    RunId run() {
        return new RunId("ordinary-" + number);
    }

    DatabaseName database() {
        return new DatabaseName("ordinary-" + number % 30);
    }

    /** Answers the open run, and opens the next. */
    void next() {
        for (CheckName check : CheckName.builtIn()) {
            send(Backlog.answer(run(), database(), check, Outcome.PASSED, Instant.now()), check.value());
        }
        number++;
        open();
    }

    /** Waits until every answered run was decided. */
    void awaitAll(Observer observer) {
        Awaitility.await("verdicts on " + number + " ordinary runs")
                .atMost(Duration.ofMinutes(5))
                .until(() -> observer.decided().stream()
                                .filter(run -> run.startsWith("ordinary-"))
                                .count()
                        >= number);
    }

    private void open() {
        send(Backlog.completed(run(), database(), Instant.now()), "completed");
    }

    private void send(ProducerRecord<byte[], byte[]> record, String what) {
        String name = run().value();
        if (!what.equals("completed") && what.equals(CheckName.STATUS.value())) {
            history.note(new Fact.Planned(name, database().value(), "PASS", 0));
        }
        long sent = System.currentTimeMillis();
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                history.note(new Fact.Published(name, what, sent, System.currentTimeMillis()));
            }
        });
    }
}
