package dev.allclear.log;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.KafkaFailure;
import dev.allclear.kafka.TopicReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Log lines in a Kafka topic, one or more to a message. Its marks are the partitions' ends, so that no message counts twice. */
record TopicLogs(String name, KafkaConfig kafka, String topic, Duration lag, boolean silenceIsOk) implements LogSource {
    private static final long MOST = 512L << 20;
    private static final Duration BEFORE = Duration.ofMinutes(30);
    /** A producer's clock may be ahead by this much; one that is more would hide its silence. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public List<FileMark> marks(Instant now) throws IOException {
        try (TopicReader reader = new TopicReader(kafka, topic)) {
            List<FileMark> marks = new ArrayList<>();
            reader.ends().forEach((partition, end) -> marks.add(new FileMark(topic, key(partition), end)));
            return marks;
        } catch (KafkaFailure failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public Optional<List<FileMark>> marksAt(Instant time) throws IOException {
        try (TopicReader reader = new TopicReader(kafka, topic)) {
            List<FileMark> marks = new ArrayList<>();
            reader.since(time)
                    .from()
                    .forEach((partition, from) -> marks.add(new FileMark(topic, key(partition), from)));
            return Optional.of(marks);
        } catch (KafkaFailure failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public Reading read(Optional<List<FileMark>> since, Instant now, long mostBytes, Consumer<Entry> sink)
            throws IOException {
        StoredLines lines = new StoredLines(Math.min(mostBytes, MOST), now.plus(AHEAD), sink);
        try (TopicReader reader = new TopicReader(kafka, topic)) {
            TopicReader.Span span =
                    since.isPresent() ? reader.since(offsets(since.get())) : reader.since(now.minus(BEFORE));
            LogForm[] form = {LogForm.TEXT};
            boolean isWhole = reader.read(span, LIMIT, (partition, offset, time, value) -> {
                form[0] = LogForm.of(value, Math.min(value.length, LogForm.LONGEST));
                if (form[0] != LogForm.TEXT) {
                    return false;
                }
                String key = key(partition);
                for (TopicMessage.Line line : TopicMessage.lines(value, time)) {
                    lines.add(key, key, line.time(), offset, line.text());
                }
                return !lines.isFull();
            });
            if (form[0] != LogForm.TEXT) {
                throw new IOException("a message of topic " + topic + " is " + form[0].words());
            }
            if (!isWhole || span.lost() > 0) {
                lines.isCut();
            }
        } catch (KafkaFailure failure) {
            throw new IOException(failure.getMessage(), failure);
        }
        return lines.finish();
    }

    private static Map<Integer, Long> offsets(List<FileMark> marks) {
        Map<Integer, Long> offsets = new TreeMap<>();
        marks.forEach(mark -> offsets.put(Integer.valueOf(mark.key()), mark.size()));
        return offsets;
    }

    private static String key(int partition) {
        return Integer.toString(partition);
    }
}
