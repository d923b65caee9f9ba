package dev.allclear.cli.progress;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many columns and lines the terminal has. */
record TerminalSize(int columns, int lines) {
    /** What every terminal has had since there were terminals. */
    static final TerminalSize USUAL = new TerminalSize(80, 24);

    private static final File TERMINAL = new File("/dev/tty");
    private static final Pattern ANSWER = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");
    private static final long PATIENCE_MILLIS = 500;

    /** As the terminal says, or else the shell's variables; the usual size where neither knows. Asks a process: not for every line. */
    static TerminalSize read(Map<String, String> environment) {
        return ask().orElseGet(() -> new TerminalSize(
                number(environment.get("COLUMNS"), USUAL.columns()), number(environment.get("LINES"), USUAL.lines())));
    }

    private static Optional<TerminalSize> ask() {
        if (!TERMINAL.canRead()) {
            return Optional.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException noTerminalOfOurs) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The answer of {@code stty size}: lines, then columns; a terminal that does not know says 0. */
    static Optional<TerminalSize> parse(String answer) {
        Matcher said = ANSWER.matcher(answer);
        if (!said.matches()) {
            return Optional.empty();
        }
        TerminalSize size = new TerminalSize(Integer.parseInt(said.group(2)), Integer.parseInt(said.group(1)));
        return size.columns() < 1 || size.lines() < 1 ? Optional.empty() : Optional.of(size);
    }

    private static int number(@org.jspecify.annotations.Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : otherwise;
    }
}
