package dev.allclear.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
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
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Log files named by a pattern. A file is known by device and inode, so one that was renamed is read on under its new name; one that
 * became shorter is read from its start; one that appeared is read whole, unpacked where its name ends in {@code .gz}.
 */
record FileLogs(FilePattern pattern, Duration lag, boolean silenceIsOk, ZoneId zone, LiteralSearch search)
        implements LogSource {

    @Override
    public String name() {
        return pattern.text();
    }

    @Override
    public List<FileMark> marks(Instant now) throws IOException {
        List<FileMark> marks = new ArrayList<>();
        for (Path file : present()) {
            BasicFileAttributes attributes = attributes(file);
            boolean isBusy = !attributes.lastModifiedTime().toInstant().isBefore(now.minus(lag));
            try (FileChannel open = FileChannel.open(file)) {
                long size = attributes.size();
                marks.add(new FileMark(
                        file.toString(), key(file, attributes), size, FileSpan.print(open, size), isBusy && size > 0));
            }
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
        return new Reading(
                progress.lines,
                progress.oldest,
                progress.newest,
                isWhole,
                since.flatMap(marks -> silent(marks, files)));
    }

    /** Where a new file has appeared beside them, the old ones may have been left for it. */
    private static Optional<SilentFile> silent(List<FileMark> marks, Set<Path> files) {
        Set<String> known = new HashSet<>();
        marks.forEach(mark -> known.add(mark.key()));
        SilentFile first = null;
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = attributes(file);
                String key = key(file, attributes);
                if (!known.contains(key)) {
                    return Optional.empty();
                }
                Instant written = attributes.lastModifiedTime().toInstant();
                boolean wasBusy = marks.stream()
                        .anyMatch(mark -> mark.isBusy()
                                && mark.key().equals(key)
                                && mark.file().equals(file.toString()));
                if (wasBusy && (first == null || written.isBefore(first.written()))) {
                    first = new SilentFile(file.toString(), written);
                }
            } catch (IOException rotatedAway) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(first);
    }

    /**
     * Whether a file that was being written has been replaced, cut short or deleted, and what stood in it is in no other new file:
     * what was written between the mark and that moment was then never seen.
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
                        ? successor.size() < mark.size() || !isStill(mark, Path.of(successor.file()))
                        : !knownKeys.contains(successor.key()) && !keys.contains(mark.key());
                cutOff += isLost ? 1 : 0;
            } else if (mark.isBusy() && !keys.contains(mark.key())) {
                cutOff++;
            }
        }
        long appeared = now.values().stream()
                .filter(file -> !knownKeys.contains(file.key()))
                .count();
        return cutOff > appeared;
    }

    /** Whether what stood before the mark still stands there. */
    private static boolean isStill(FileMark mark, Path file) throws IOException {
        if (mark.print() == 0) {
            return true;
        }
        try (FileChannel open = FileChannel.open(file)) {
            return FileSpan.print(open, mark.size()) == mark.print();
        }
    }

    /** What has been read so far of all files. */
    private static final class Progress {
        private final Consumer<Entry> sink;
        private long lines;
        private Optional<Instant> oldest = Optional.empty();
        private Optional<Instant> newest = Optional.empty();
        private boolean isComplete = true;

        Progress(Consumer<Entry> sink) {
            this.sink = sink;
        }

        void sawTime(Instant time) {
            if (oldest.isEmpty() || oldest.get().isAfter(time)) {
                oldest = Optional.of(time);
            }
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
                    unpack(in, new Timestamps(zone, written), key, written, progress);
                }
            }
            return;
        }
        long size = attributes.size();
        boolean goesOn = mark.isPresent() && mark.get().size() <= size && isStill(mark.get(), file);
        long from = goesOn ? mark.get().size() : 0;
        if (size - from > mostBytes) {
            from = size - mostBytes;
            progress.isComplete = false;
        }
        if (size == from) {
            return;
        }
        try (FileChannel open = FileChannel.open(file)) {
            LogForm form = LogForm.of(open);
            if (form.isPacked() && since.isEmpty()) {
                return;
            } else if (form != LogForm.TEXT) {
                throw new IOException(file + " is " + form.words());
            }
            FileSpan span = new FileSpan(open, new Timestamps(zone, written));
            Duration correction = span.correction(size, written, now);
            span.oldest(from, size).map(time -> time.plus(correction)).ifPresent(progress::sawTime);
            Optional<Instant> newest = span.newest(from, size, now.minus(correction));
            progress.sawTime(newest.map(time -> time.plus(correction)).orElse(written));
            RecordSearch records = new RecordSearch(
                    search,
                    span.timestamps(),
                    (record, line) -> progress.sink.accept(new Entry(
                            key,
                            new LogRecord(
                                    record.time().map(told -> told.plus(correction)),
                                    record.isStamped(),
                                    record.position(),
                                    record.text()))));
            // never past the size seen above: what is written meanwhile belongs to the next reading
            progress.lines += records.read(open, from, size) + (span.endsOpen(size) ? 1 : 0);
        }
    }

    /** Unpacks; lines without a time of their own cannot be placed and are left out. */
    private static void unpack(InputStream in, Timestamps timestamps, String key, Instant written, Progress progress)
            throws IOException {
        LineReader reader = new LineReader(in, 0);
        RecordJoiner joiner = new RecordJoiner(timestamps, record -> {
            if (record.isStamped()) {
                record.time().filter(time -> !time.isAfter(written)).ifPresent(progress::sawTime);
                progress.sink.accept(new Entry(key, record));
            }
        });
        reader.readAll(joiner::line);
        joiner.flush();
        progress.lines += reader.lines();
        if (progress.newest.isEmpty() && reader.lines() > 0) {
            progress.sawTime(written);
        }
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
