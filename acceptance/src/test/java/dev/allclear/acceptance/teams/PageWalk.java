package dev.allclear.acceptance.teams;

import dev.allclear.acceptance.docs.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Walks a stranger's path: a clean clone of the committed state, and every shell block of {@code docs/custom-checks.md}, one after the
 * other, as it stands there. Prints how long each took. Ends with 1 when a block fails. Needs git and bash; blocks in Python only run
 * where Python and its Kafka client are.
 */
public final class PageWalk {
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private PageWalk() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path clone = Files.createTempDirectory("stranger").resolve("allclear");
        boolean well = run(Project.ROOT, "git clone -q . '" + clone + "'");
        long begun = System.nanoTime();
        for (String block : blocks()) {
            if (block.contains("python3") && !Language.PYTHON.isHere()) {
                continue;
            }
            well = well && run(clone, block);
        }
        System.out.printf("The whole path: %d s in %s%n", seconds(begun), clone);
        System.exit(well ? 0 : 1);
    }

    static List<String> blocks() {
        return BLOCK.matcher(Project.text(Project.ROOT.resolve("docs/custom-checks.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static boolean run(Path folder, String script) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        System.out.println("$ " + script.strip().replace("\n", "\n$ "));
        Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        boolean ended = process.waitFor(LIMIT.toMinutes(), TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        boolean well = ended && process.exitValue() == 0;
        System.out.printf("%s after %d s%n%n", well ? "done" : "FAILED", seconds(begun));
        return well;
    }

    private static long seconds(long since) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
    }
}
