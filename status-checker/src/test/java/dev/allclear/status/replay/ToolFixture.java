package dev.allclear.status.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One recorded run of a migration tool: {@code FOLDER/SCENARIO.sql}, beside it {@code FOLDER/SCENARIO.txt} with what the tool printed.
 *
 * @param folder the tool's, or the tool's and what is particular
 * @param head the comment lines at the top, by name
 * @param blocks in the order of the server's log
 */
public record ToolFixture(String folder, String scenario, Map<String, String> head, List<Block> blocks, String output) {
    /** Asks which tables a run left, with how many columns, rows and indexes; its answer stands in the head as {@code left}. */
    public static final String LEFT = text(recordings().resolve("left.sql"));

    private static final Pattern HEAD = Pattern.compile("-- ([a-z ]+): (.*)");
    private static final Pattern MARKER =
            Pattern.compile("-- @ (?:(\\d+)|baseline|killed)(?: (begins|ends|in flight)(?: (.*))?)?");

    /** A marker line and the statement below it. */
    public record Block(Kind kind, int session, String text) {}

    /** What a block stands for. */
    public enum Kind {
        /** Its text is the application's name. */
        BEGINS,
        STATEMENT,
        /** A statement that was at work when the tool was killed. */
        IN_FLIGHT,
        ENDS,
        BASELINE,
        KILLED
    }

    public ToolFixture {
        head = Map.copyOf(head);
        blocks = List.copyOf(blocks);
        if (blocks.stream().filter(block -> block.kind() == Kind.BASELINE).count() != 1) {
            throw new IllegalArgumentException(folder + "/" + scenario + " must have one \"-- @ baseline\"");
        }
    }

    /** Every recording on the class path. */
    public static List<ToolFixture> all() {
        try (Stream<Path> files = Files.walk(recordings())) {
            return files.filter(file -> file.getNameCount() > recordings().getNameCount() + 1)
                    .filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(ToolFixture::read)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The tool's name as in {@code --tool}, which two folders may share. */
    public String toolName() {
        return header("tool").split("[ ,]", 2)[0];
    }

    public List<String> targets() {
        return List.of(header("targets").split(", "));
    }

    public int exitCode() {
        return Integer.parseInt(header("exit code"));
    }

    /** The server's version; empty in a recording made by hand. */
    public Optional<String> recordedOn() {
        return Optional.ofNullable(head.get("recorded on"));
    }

    /** The answer to {@link #LEFT}; empty in a recording made by hand. */
    public Optional<String> left() {
        return Optional.ofNullable(head.get("left"));
    }

    private String header(String name) {
        return Objects.requireNonNull(head.get(name), () -> this + " has no \"-- " + name + ":\"");
    }

    @Override
    public String toString() {
        return folder + "/" + scenario;
    }

    private static Path recordings() {
        try {
            return Path.of(Objects.requireNonNull(ToolFixture.class.getResource("/dev/allclear/status/tools"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ToolFixture read(Path file) {
        Map<String, String> head = new LinkedHashMap<>();
        List<Block> blocks = new ArrayList<>();
        for (String line : text(file).split("\n", -1)) {
            Matcher marker = MARKER.matcher(line);
            Matcher header = HEAD.matcher(line);
            if (marker.matches()) {
                blocks.add(block(marker, line));
            } else if (blocks.isEmpty() && header.matches()) {
                head.put(header.group(1), header.group(2));
            } else if (!blocks.isEmpty()) {
                Block last = blocks.remove(blocks.size() - 1);
                blocks.add(new Block(last.kind(), last.session(), last.text() + line + "\n"));
            }
        }
        String scenario = file.getFileName().toString().replaceFirst("\\.sql$", "");
        Path output = file.resolveSibling(scenario + ".txt");
        String folder = String.valueOf(file.getParent().getFileName());
        return new ToolFixture(folder, scenario, head, blocks, Files.exists(output) ? text(output) : "");
    }

    private static Block block(Matcher marker, String line) {
        if (marker.group(1) == null) {
            return new Block(line.endsWith("killed") ? Kind.KILLED : Kind.BASELINE, 0, "");
        }
        int session = Integer.parseInt(marker.group(1));
        String what = Objects.requireNonNullElse(marker.group(2), "");
        return switch (what) {
            case "begins" -> new Block(Kind.BEGINS, session, Objects.requireNonNullElse(marker.group(3), ""));
            case "ends" -> new Block(Kind.ENDS, session, "");
            case "in flight" -> new Block(Kind.IN_FLIGHT, session, "");
            default -> new Block(Kind.STATEMENT, session, "");
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
