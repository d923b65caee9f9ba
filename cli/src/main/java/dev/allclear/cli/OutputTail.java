package dev.allclear.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * What is kept of a command's output for the status check: its last lines, and before them every line that looks like an error or a
 * warning. Bounded whatever the command prints; no number of warnings leaves an error out. Thread-safe: two streams feed it.
 */
final class OutputTail {
    private static final int LAST_LINES = 200;
    private static final int ERROR_LINES = 200;
    private static final int WARNING_LINES = 200;
    private static final int LINE_LENGTH = 600;
    private static final int BUFFER = 8_192;

    /** As PostgreSQL says it in the languages that it speaks. */
    private static final Pattern ERROR =
            Pattern.compile("(?i)\\b(?:error|fatal|panic)\\b|FEHLER|PANIK|ERREUR|ERRORE|ERRO\\b|BŁĄD|ОШИБКА|エラー|错误|오류");

    private static final Pattern WARNING = Pattern.compile("(?i)\\b(?:warning|warn|notice|deprecat\\w*|skipping)\\b"
            + "|WARNUNG|HINWEIS|ATTENTION|AVERTISSEMENT|ADVERTENCIA|ATTENZIONE|NOTIFICA|AVISO|NOTA\\b"
            + "|ПРЕДУПРЕЖДЕНИЕ|ЗАМЕЧАНИЕ|警告|注意|경고|알림");

    /** Colours and cursor movements; what is left of control characters would be six bytes each in the event. */
    private static final Pattern TERMINAL_CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\\p{Cntrl}");

    private final Deque<String> last = new ArrayDeque<>();
    private final Deque<String> notable = new ArrayDeque<>();
    private int errors;
    private int warnings;

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

    /** What is kept of output that a file holds. */
    static String of(Path file) throws IOException {
        OutputTail tail = new OutputTail();
        Lines lines = tail.lines();
        byte[] buffer = new byte[BUFFER];
        try (InputStream input = Files.newInputStream(file)) {
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                lines.feed(buffer, read);
            }
        }
        lines.flush();
        return tail.text();
    }

    Lines lines() {
        return new Lines();
    }

    private synchronized void add(String line) {
        last.addLast(line);
        if (last.size() > LAST_LINES) {
            String dropped = last.removeFirst();
            if (isKept(dropped)) {
                notable.addLast(dropped);
            }
        }
    }

    private boolean isKept(String line) {
        if (ERROR.matcher(line).find()) {
            return errors++ < ERROR_LINES;
        }
        return WARNING.matcher(line).find() && warnings++ < WARNING_LINES;
    }

    /** The notable lines, then the last ones, in their order. */
    synchronized String text() {
        StringBuilder out = new StringBuilder();
        notable.forEach(line -> out.append(line).append('\n'));
        last.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }
}
