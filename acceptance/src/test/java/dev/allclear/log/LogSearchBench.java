package dev.allclear.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The speed of the search for literals against ripgrep, in one interleaved run on the same file with the same forty patterns:
 * {@code ./allclear-bench log-search RG [MEGABYTES]}. Each line that one finds and the other does not ends the run.
 */
public final class LogSearchBench {
    private static final int PATTERNS = 40;
    private static final int ROUNDS = 5;

    private LogSearchBench() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.println("usage: log-search PATH-OF-RG [MEGABYTES], as from npm's @vscode/ripgrep-linux-x64");
            System.exit(2);
        }
        long bytes = (args.length > 1 ? Long.parseLong(args[1]) : 1024) << 20;
        Path directory = Files.createTempDirectory("allclear-bench");
        Path log = directory.resolve("mixed.log");
        Path patterns = directory.resolve("patterns.txt");
        Path literals = directory.resolve("literals.txt");
        try {
            MixedLog.write(log, bytes, 7);
            List<Rule> rules = rules();
            Files.write(
                    patterns,
                    rules.stream().map(rule -> rule.pattern().pattern()).toList());
            Files.write(literals, rules.stream().map(Rule::literal).distinct().toList());
            compare(args[0], log, rules, patterns, literals, directory);
        } finally {
            for (Path file : List.of(
                    log,
                    patterns,
                    literals,
                    directory.resolve("ours"),
                    directory.resolve("theirs"),
                    directory.resolve("exact.txt"),
                    directory)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The first of the rules' file, whose literals are ASCII: the server's own sentences. */
    private static List<Rule> rules() {
        return Rules.load().all().stream()
                .filter(rule -> rule.literal().length() >= LiteralSearch.SHORTEST)
                .filter(rule -> rule.literal().chars().allMatch(c -> c < 128))
                .limit(PATTERNS)
                .toList();
    }

    private static void compare(String rg, Path log, List<Rule> rules, Path patterns, Path literals, Path directory)
            throws Exception {
        LiteralSearch search =
                new LiteralSearch(rules.stream().map(Rule::literal).distinct().toList());
        List<String> ours = new ArrayList<>();
        lines(log, search, rules, ours);
        Files.write(directory.resolve("ours"), ours);
        run(directory.resolve("theirs"), rg, "--no-config", "-j1", "-N", "-f", patterns.toString(), log.toString());
        boolean isSame = Files.mismatch(directory.resolve("ours"), directory.resolve("theirs")) < 0;
        System.out.println("file: " + (Files.size(log) >> 20) + " MB; lines found: " + ours.size()
                + "; the same lines as ripgrep: " + isSame);
        if (!isSame) {
            System.exit(1);
        }
        Path exact = directory.resolve("exact.txt");
        Files.write(
                exact,
                rules.stream()
                        .map(rule -> rule.pattern().pattern().replaceFirst("^\\(\\?i\\)", ""))
                        .toList());
        LogScan product = new LogScan(new LogClassifier());
        double[][] seconds = new double[6][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double[] times = {
                timed(() -> lines(log, search, rules, new ArrayList<>())),
                timed(() -> run(null, rg, "--no-config", "-j1", "-c", "-f", patterns.toString(), log.toString())),
                timed(() -> run(null, rg, "--no-config", "-j1", "-c", "-f", exact.toString(), log.toString())),
                timed(() -> run(
                        null, rg, "--no-config", "-j1", "-c", "-i", "-F", "-f", literals.toString(), log.toString())),
                timed(() -> run(null, rg, "--no-config", "-j1", "-c", "-F", "-f", literals.toString(), log.toString())),
                timed(() -> {
                    try (FileChannel file = FileChannel.open(log)) {
                        product.read(file, found -> {});
                    }
                })
            };
            for (int i = 0; round >= 0 && i < times.length; i++) {
                seconds[i][round] = times[i];
            }
        }
        String[] names = {
            "this search, 40 patterns, letter case ignored",
            "ripgrep, the same 40 patterns",
            "ripgrep, the same patterns, letter case as written",
            "ripgrep, their literals alone, letter case ignored",
            "ripgrep, their literals alone, letter case as written",
            "allclear scan, all rules, errors classified"
        };
        double own = median(seconds[0]);
        for (int i = 0; i < names.length; i++) {
            double median = median(seconds[i]);
            System.out.printf(
                    "%-55s %6.3f s  %6.0f MB/s  %5.2f of ours  %s%n",
                    names[i], median, Files.size(log) / 1048576.0 / median, median / own, Arrays.toString(seconds[i]));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double timed(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Lines that match one of the rules, found as the product finds them: by literal, then by pattern. */
    private static void lines(Path log, LiteralSearch untuned, List<Rule> rules, List<String> out) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(log)) {
            long position = 0;
            LiteralSearch search = untuned;
            while (position < file.size()) {
                block.clear();
                file.read(block, position);
                int end = block.position();
                block.clear();
                while (end > 0 && block.get(end - 1) != '\n') {
                    end--;
                }
                if (position == 0) {
                    search = search.tunedTo(block, 0, end);
                }
                for (int hit = search.next(block, 0, end); hit >= 0; ) {
                    int from = hit;
                    while (from > 0 && block.get(from - 1) != '\n') {
                        from--;
                    }
                    int to = hit;
                    while (block.get(to) != '\n') {
                        to++;
                    }
                    byte[] bytes = new byte[to - from];
                    block.get(from, bytes);
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    String lower = text.toLowerCase(java.util.Locale.ROOT);
                    if (rules.stream().anyMatch(rule -> rule.in(text, lower).isPresent())) {
                        out.add(text);
                    }
                    hit = search.next(block, to, end);
                }
                position += end;
            }
        }
    }

    private static void run(@org.jspecify.annotations.Nullable Path output, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.redirectOutput(
                output == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(output.toFile()));
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() > 1) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }
}
