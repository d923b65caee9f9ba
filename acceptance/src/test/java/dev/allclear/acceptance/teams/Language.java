package dev.allclear.acceptance.teams;

import dev.allclear.acceptance.docs.Project;
import dev.allclear.model.CheckName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A language in which there is an example of a check, and how it is run where its runtime and a Kafka client are there. */
enum Language {
    PYTHON("acme.warnings", "python-checker", "checker.py", "\"murmur2_random\"", "\"consistent_random\"") {
        @Override
        List<String> command(Path file) {
            return List.of("/usr/bin/python3", file.toString());
        }

        @Override
        List<String> probe() {
            return List.of("/usr/bin/python3", "-c", "import confluent_kafka");
        }
    },
    NODE(
            "acme.duration",
            "node-checker",
            "checker.js",
            "createPartitioner: Partitioners.DefaultPartitioner",
            "createPartitioner: () => ({ partitionMetadata }) => WRONG % partitionMetadata.length") {
        @Override
        List<String> command(Path file) {
            return List.of("node", file.toString());
        }

        @Override
        List<String> probe() {
            return List.of("node", "-e", "require('kafkajs')");
        }
    };

    final CheckName check;
    private final Path folder;
    private final Path file;
    private final String partitioner;
    private final String wrongPartitioner;

    Language(String check, String folder, String file, String partitioner, String wrongPartitioner) {
        this.check = new CheckName(check);
        this.folder = Project.ROOT.resolve("examples").resolve(folder);
        this.file = this.folder.resolve(file);
        this.partitioner = partitioner;
        this.wrongPartitioner = wrongPartitioner;
    }

    abstract List<String> command(Path file);

    abstract List<String> probe();

    Path folder() {
        return folder;
    }

    Path file() {
        return file;
    }

    /** The example with another partitioner; it lies beside the original, where its client is found. */
    Path withWrongPartitioner(int wrongPartition) throws IOException {
        String source = Files.readString(file);
        if (!source.contains(partitioner)) {
            throw new AssertionError(file + " has no " + partitioner);
        }
        Path copy = folder.resolve("node_modules").toFile().isDirectory()
                ? folder.resolve(
                        "node_modules/.wrong-" + ProcessHandle.current().pid() + ".js")
                : Files.createTempFile("wrong-partitioner", file.getFileName().toString());
        copy.toFile().deleteOnExit();
        return Files.writeString(
                copy, source.replace(partitioner, wrongPartitioner.replace("WRONG", Integer.toString(wrongPartition))));
    }

    /** Whether it can run here; says so on standard output when it cannot. */
    boolean isHere() {
        try {
            Process process = new ProcessBuilder(probe())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return true;
            }
            process.destroyForcibly();
        } catch (IOException none) {
            // no such runtime
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        System.out.println("skipped: the example in " + this + " (this machine has not what `"
                + String.join(" ", probe()) + "` needs)");
        return false;
    }
}
