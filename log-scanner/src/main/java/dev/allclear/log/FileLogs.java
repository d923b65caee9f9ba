package dev.allclear.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Log files named by a pattern. A file is known by device and inode, so one that was renamed is read on under its new name; one that
 * became shorter is read from its start; one that appeared is read whole, unpacked where its name ends in {@code .gz}.
 */
record FileLogs(FilePattern pattern, Duration lag, boolean silenceIsOk, ZoneId zone) implements LogSource {
    private static final int TAIL = 64 * 1024;

    @Override
    public String name() {
        return pattern.text();
    }

    @Override
    public List<FileMark> marks(Instant now) throws IOException {
        List<FileMark> marks = new ArrayList<>();
        for (Path file : present()) {
            BasicFileAttributes attributes = attributes(file);
            marks.add(new FileMark(file.toString(), key(file, attributes), attributes.size()));
        }
        return marks;
    }

    @Override
    public Reading read(Optional<List<FileMark>> since, Instant now, long mostBytes, Consumer<Entry> sink)
            throws IOException {
        Progress progress = new Progress(sink);
        Set<Path> files = new LinkedHashSet<>(present());
        files.addAll(renamed(since.orElse(List.of()), files));
        for (Path file : files) {
            try {
                readFile(file, since, now, mostBytes, progress);
            } catch (NoSuchFileException rotatedAway) {
                progress.isComplete &= files.size() > 1;
            }
        }
        boolean isWhole = progress.isComplete && !isCutOff(since.orElse(List.of()), files);
        return new Reading(progress.lines, progress.newest, isWhole);
    }

    /**
     * Whether a file that was being written has been replaced or cut short, and what stood in it is in no other new file: what was
     * written between the mark and that moment was then never seen.
     */
    private static boolean isCutOff(List<FileMark> marks, Set<Path> files) throws IOException {
        Map<String, FileMark> now = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                BasicFileAttributes attributes = attributes(file);
                keys.add(key(file, attributes));
                now.put(file.toString(), new FileMark(file.toString(), key(file, attributes), attributes.size()));
            }
        }
        Set<String> knownKeys = new HashSet<>();
        marks.forEach(mark -> knownKeys.add(mark.key()));
        long cutOff = 0;
        for (FileMark mark : marks) {
            // under its old name; a file that only moved on, or was deleted by age, was complete
            FileMark successor = now.remove(mark.file());
            if (successor != null) {
                boolean isSame = successor.key().equals(mark.key());
                boolean isLost = isSame
                        ? successor.size() < mark.size()
                        : !knownKeys.contains(successor.key()) && !keys.contains(mark.key());
                cutOff += isLost ? 1 : 0;
            }
        }
        long appeared = now.values().stream()
                .filter(file -> !knownKeys.contains(file.key()))
                .count();
        return cutOff > appeared;
    }

    /** What has been read so far of all files. */
    private static final class Progress {
        private final Consumer<Entry> sink;
        private long lines;
        private Optional<Instant> newest = Optional.empty();
        private boolean isComplete = true;

        Progress(Consumer<Entry> sink) {
            this.sink = sink;
        }

        void sawTime(Instant time) {
            if (newest.isEmpty() || newest.get().isBefore(time)) {
                newest = Optional.of(time);
            }
        }
    }

    private void readFile(Path file, Optional<List<FileMark>> since, Instant now, long mostBytes, Progress progress)
            throws IOException {
        BasicFileAttributes attributes = attributes(file);
        String key = key(file, attributes);
        Optional<FileMark> mark = since.orElse(List.of()).stream()
                .filter(m -> m.key().equals(key))
                .findFirst();
        Instant written = attributes.lastModifiedTime().toInstant();
        if (file.toString().endsWith(".gz")) {
            if (since.isPresent() && mark.isEmpty()) {
                try (InputStream in = bounded(new GZIPInputStream(Files.newInputStream(file)), mostBytes, progress)) {
                    // unpacked lines without a time of their own cannot be placed
                    scan(
                            in,
                            0,
                            new Timestamps(zone, written),
                            Duration.ZERO,
                            key,
                            written,
                            progress,
                            LogRecord::isStamped);
                }
            }
            return;
        }
        long size = attributes.size();
        long from = mark.map(FileMark::size).filter(known -> known <= size).orElse(0L);
        if (size - from > mostBytes) {
            from = size - mostBytes;
            progress.isComplete = false;
        }
        if (size == from) {
            return;
        }
        Timestamps timestamps = new Timestamps(zone, written);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            Duration correction = correction(open, size, timestamps, written, now);
            open.seek(from);
            // never past the size seen above: what is written meanwhile belongs to the next reading
            InputStream in =
                    bounded(Channels.newInputStream(open.getChannel()), size - from, new Progress(entry -> {}));
            scan(in, from, timestamps, correction, key, written, progress, record -> true);
        }
    }

    private static void scan(
            InputStream in,
            long from,
            Timestamps timestamps,
            Duration correction,
            String key,
            Instant written,
            Progress progress,
            Predicate<LogRecord> wanted)
            throws IOException {
        LineReader reader = new LineReader(in, from);
        boolean[] stamped = {false};
        RecordJoiner joiner = new RecordJoiner(timestamps, record -> {
            if (!wanted.test(record)) {
                return;
            }
            Optional<Instant> time = record.time().map(told -> told.plus(correction));
            stamped[0] |= time.isPresent();
            time.ifPresent(progress::sawTime);
            progress.sink.accept(
                    new Entry(key, new LogRecord(time, record.isStamped(), record.position(), record.text())));
        });
        reader.readAll(joiner::line);
        joiner.flush();
        progress.lines += reader.lines();
        if (!stamped[0] && reader.lines() > 0) {
            progress.sawTime(written);
        }
    }

    private static Duration correction(
            RandomAccessFile open, long size, Timestamps timestamps, Instant written, Instant now) throws IOException {
        long from = Math.max(0, size - TAIL);
        open.seek(from);
        byte[] tail = new byte[(int) (size - from)];
        open.readFully(tail);
        List<LogRecord> last = new ArrayList<>();
        RecordJoiner joiner = new RecordJoiner(timestamps, record -> {
            last.clear();
            last.add(record);
        });
        new LineReader(new java.io.ByteArrayInputStream(tail), from).readAll(joiner::line);
        joiner.flush();
        return last.stream()
                .filter(LogRecord::isStamped)
                .findFirst()
                .flatMap(LogRecord::time)
                .map(newest -> SourceClock.correction(newest, written, now))
                .orElse(Duration.ZERO);
    }

    private static InputStream bounded(InputStream in, long most, Progress progress) {
        return new BufferedInputStream(new BoundedInput(in, most, () -> progress.isComplete = false));
    }

    private List<Path> present() throws IOException {
        List<Path> files = pattern.files();
        if (files.isEmpty()) {
            throw new IOException("no file matches " + pattern.text());
        }
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw new IOException("no permission to read " + file);
            }
        }
        return files;
    }

    /** Files known before that the pattern no longer matches, under the names they have now. */
    private static List<Path> renamed(List<FileMark> marks, Set<Path> known) throws IOException {
        List<Path> found = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        marks.forEach(mark -> missing.add(mark.key()));
        for (Path directory : marks.stream()
                .map(mark -> Path.of(mark.file()).toAbsolutePath().getParent())
                .filter(Objects::nonNull)
                .distinct()
                .toList()) {
            for (Path sibling : filesIn(directory)) {
                boolean isKnown =
                        known.stream().anyMatch(path -> path.toAbsolutePath().equals(sibling));
                if (!isKnown && missing.contains(key(sibling, attributes(sibling)))) {
                    found.add(sibling);
                }
            }
        }
        return found;
    }

    /** None when the directory is gone: then what the pattern still matches is all there is. */
    private static List<Path> filesIn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static String key(Path file, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? file.toAbsolutePath().toString() : key.toString();
    }
}
