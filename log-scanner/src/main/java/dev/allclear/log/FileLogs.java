package dev.allclear.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
        FileProgress progress = new FileProgress(sink);
        Set<Path> files = new LinkedHashSet<>(present());
        files.addAll(renamed(since.orElse(List.of()), files));
        for (Path file : files) {
            try {
                readFile(file, since, now, mostBytes, progress);
            } catch (NoSuchFileException rotatedAway) {
                progress.isComplete &= files.size() > 1;
            }
        }
        boolean isWhole = progress.isComplete && !FileLosses.isCutOff(since.orElse(List.of()), files);
        return new Reading(
                progress.lines,
                progress.oldest,
                progress.newest,
                isWhole,
                since.flatMap(marks -> silent(marks, files)),
                // mended by when the file was written
                Optional.empty());
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

    private void readFile(Path file, Optional<List<FileMark>> since, Instant now, long mostBytes, FileProgress progress)
            throws IOException {
        BasicFileAttributes attributes = attributes(file);
        String key = key(file, attributes);
        Optional<FileMark> mark = since.orElse(List.of()).stream()
                .filter(m -> m.key().equals(key))
                .findFirst();
        Instant written = attributes.lastModifiedTime().toInstant();
        if (file.toString().endsWith(".gz")) {
            if (since.isPresent() && mark.isEmpty()) {
                new PackedLog(file, key, written, zone).read(now, mostBytes, progress);
            }
            return;
        }
        long size = attributes.size();
        boolean goesOn = mark.isPresent() && mark.get().size() <= size && FileLosses.isStill(mark.get(), file);
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

    static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    static String key(Path file, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? file.toAbsolutePath().toString() : key.toString();
    }
}
