package dev.allclear.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * What is kept of a command's output for the status check: its last lines, and before them every line that looks like a warning
 * or an error. Bounded whatever the command prints. Thread-safe: two streams feed it.
 */
final class OutputTail {
    private static final int LAST_LINES = 200;
    private static final int NOTABLE_LINES = 200;
    private static final int LINE_LENGTH = 600;
    private static final Pattern NOTABLE =
            Pattern.compile("(?i)\\b(error|fatal|warning|warn|notice|deprecat\\w*|skipping)\\b");

    /** Colours and cursor movements; what is left of control characters would be six bytes each in the event. */
    private static final Pattern TERMINAL_CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\\p{Cntrl}");

    private final Deque<String> last = new ArrayDeque<>();
    private final Deque<String> notable = new ArrayDeque<>();

    /** One stream's bytes, cut into lines; each stream has its own. */
    final class Lines {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void feed(byte[] buffer, int length) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n') {
                    flush();
                } else if (bytes.size() < LINE_LENGTH) {
                    bytes.write(buffer[i]);
                }
            }
        }

        void flush() {
            String line = TERMINAL_CONTROL
                    .matcher(bytes.toString(StandardCharsets.UTF_8))
                    .replaceAll("");
            bytes.reset();
            if (!line.isBlank()) {
                add(line.stripTrailing());
            }
        }
    }

    Lines lines() {
        return new Lines();
    }

    private synchronized void add(String line) {
        last.addLast(line);
        if (last.size() > LAST_LINES) {
            String dropped = last.removeFirst();
            if (NOTABLE.matcher(dropped).find() && notable.size() < NOTABLE_LINES) {
                notable.addLast(dropped);
            }
        }
    }

    /** The notable lines, then the last ones, in their order. */
    synchronized String text() {
        StringBuilder out = new StringBuilder();
        notable.forEach(line -> out.append(line).append('\n'));
        last.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }
}
