package dev.allclear.acceptance.teams;

import dev.allclear.acceptance.docs.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Walks a stranger's path: a clean clone of the committed state, and every shell block of {@code docs/custom-checks.md}, one after the
 * other, as it stands there. Prints how long each took. Ends with 1 when a block fails. Needs git and bash; blocks in Python only run
 * where Python and its Kafka client are. {@link CustomChecksPageIT} walks the same in copies that are built already.
 */
public final class PageWalk {
    static final Path PAGE = Project.ROOT.resolve("docs/custom-checks.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^(?=## )");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private PageWalk() {}

    /** How a block ended, and what it said. */
    record Ended(boolean isWell, long seconds, String output) {}

    public static void main(String[] arguments) throws IOException {
        Path clone = Files.createTempDirectory("stranger").resolve("allclear");
        boolean well = run(Project.ROOT, "git clone -q . '" + clone + "'").isWell();
        long begun = System.nanoTime();
        for (List<String> section : sections().values()) {
            for (String block : section) {
                well = well && (!canRun(block) || run(clone, block).isWell());
            }
        }
        System.out.printf("The whole path: %d s in %s%n", seconds(begun), clone);
        System.exit(well ? 0 : 1);
    }

    /** The page's shell blocks, in order, by the heading under which they stand. */
    static Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (String section : SECTION.split(Project.text(PAGE))) {
            List<String> blocks = BLOCK.matcher(section)
                    .results()
                    .map((MatchResult block) -> block.group(1).strip())
                    .toList();
            if (!blocks.isEmpty()) {
                sections.put(section.lines().findFirst().orElseThrow().replace("## ", ""), blocks);
            }
        }
        return sections;
    }

    static boolean canRun(String block) {
        return !block.contains("python3") || Language.PYTHON.isHere();
    }

    static Ended run(Path folder, String script) {
        long begun = System.nanoTime();
        try {
            Path output = Files.createTempFile("block", ".log");
            Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT.toMinutes(), TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            boolean well = ended && process.exitValue() == 0;
            String said = Files.readString(output);
            Files.delete(output);
            System.out.printf(
                    "$ %s%n%s%s after %d s%n",
                    script.replace("\n", "\n$ "), well ? "" : said, well ? "done" : "FAILED", seconds(begun));
            return new Ended(well, seconds(begun), said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Ended(false, seconds(begun), "interrupted");
        }
    }

    private static long seconds(long since) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
    }
}
