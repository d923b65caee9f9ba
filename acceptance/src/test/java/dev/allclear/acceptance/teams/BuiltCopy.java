package dev.allclear.acceptance.teams;

import dev.allclear.acceptance.docs.Project;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Set;

/**
 * A copy of the project with what has been built of it, times and all, so that a build in there compiles only what is new. Maven works
 * there without the network, and on none of the folders of the build that runs this.
 */
final class BuiltCopy {
    private static final Set<String> LEFT_OUT = Set.of(
            ".git", "node_modules", ".allclear", "allclear-report", "surefire-reports", "failsafe-reports", "worker");

    private BuiltCopy() {}

    static Path at(Path folder) throws IOException {
        Files.walkFileTree(Project.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(from.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(folder.resolve(Project.ROOT.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        from,
                        folder.resolve(Project.ROOT.relativize(from)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
        String repository = System.getProperty("maven.repo.local");
        Files.writeString(
                folder.resolve(".mvn/maven.config"),
                "--offline\n" + (repository == null ? "" : "-Dmaven.repo.local=" + repository + "\n"));
        // what the launcher compares the sources with: they are those that the build before this test has built
        Path stamp = folder.resolve("target/built");
        Files.writeString(stamp, "");
        Files.setLastModifiedTime(stamp, FileTime.from(Clock.systemUTC().instant()));
        return folder;
    }
}
