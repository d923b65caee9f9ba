package dev.allclear.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows whether something was written that no file holds any more. */
final class FileLosses {
    private FileLosses() {}

    /**
     * Whether a file that was being written has been replaced, cut short or deleted, and what stood in it is in no other new file:
     * what was written between the mark and that moment was then never seen.
     */
    static boolean isCutOff(List<FileMark> marks, Set<Path> files) throws IOException {
        Map<String, FileMark> now = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                BasicFileAttributes attributes = FileLogs.attributes(file);
                String key = FileLogs.key(file, attributes);
                keys.add(key);
                now.put(file.toString(), new FileMark(file.toString(), key, attributes.size()));
            }
        }
        Set<String> knownKeys = new HashSet<>();
        marks.forEach(mark -> knownKeys.add(mark.key()));
        Set<FileMark> replaced = new HashSet<>();
        long gone = 0;
        for (FileMark mark : marks) {
            // under its old name; a file that only moved on, or was deleted by age, was complete
            FileMark successor = now.remove(mark.file());
            if (successor != null) {
                boolean isSame = successor.key().equals(mark.key());
                boolean isLost = isSame
                        ? successor.size() < mark.size() || !isStill(mark, Path.of(successor.file()))
                        : !knownKeys.contains(successor.key()) && !keys.contains(mark.key());
                if (isLost) {
                    replaced.add(mark);
                }
            } else if (mark.isBusy() && !keys.contains(mark.key())) {
                gone++;
            }
        }
        now.values().removeIf(file -> knownKeys.contains(file.key()));
        for (FileMark mark : replaced) {
            FileMark kept = keeperOf(mark, now.values());
            if (kept == null) {
                return true;
            }
            now.remove(kept.file());
        }
        // of a name that is gone, as with the process that wrote it, the new file of another takes the place
        return gone > now.size();
    }

    /** The new file that holds what stood before the mark. */
    private static @Nullable FileMark keeperOf(FileMark mark, Collection<FileMark> appeared) throws IOException {
        for (FileMark file : appeared) {
            if (isStill(mark, Path.of(file.file()))) {
                return file;
            }
        }
        return null;
    }

    /** Whether what stood before the mark stands there in this file. */
    static boolean isStill(FileMark mark, Path file) throws IOException {
        if (mark.print() == 0) {
            return true;
        }
        BasicFileAttributes attributes = FileLogs.attributes(file);
        if (file.toString().endsWith(".gz") && !mark.file().endsWith(".gz")) {
            return new PackedLog(
                            file,
                            FileLogs.key(file, attributes),
                            attributes.lastModifiedTime().toInstant(),
                            ZoneOffset.UTC)
                    .holds(mark);
        }
        try (FileChannel open = FileChannel.open(file)) {
            return FileSpan.print(open, mark.size()) == mark.print();
        }
    }
}
