package dev.allclear.cli;

import dev.allclear.status.output.ToolOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is kept of a command's output for the status check: its last lines, and before them every line that looks like an error or a
 * warning. Bounded whatever the command prints, and cheap, so that a command that prints much is not held up; no number of warnings
 * leaves an error out. Thread-safe: two streams feed it.
 */
final class OutputTail {
    private static final int LAST_LINES = 200;
    private static final int ERROR_LINES = 200;
    private static final int WARNING_LINES = 200;
    private static final int LINE_LENGTH = 600;
    private static final int BUFFER = 65_536;

    /** As PostgreSQL and psql say it in the languages that they speak. */
    private static final Pattern ERROR =
            Pattern.compile("(?i)\\b(?:error|fatale?|panic|fehler|panik|erreur|errore|erro|fel|fatalt|hata)\\b"
                    + "|No such file or directory|invalid command"
                    + "|(?iu:BŁĄD|ОШИБКА|ВАЖНО|ПОМИЛКА|ФАТАЛЬНО|σφάλμα)|შეცდომა|ფატალური|エラー|错误|錯誤|오류");

    private static final Pattern WARNING = Pattern.compile("(?i)\\b(?:warning|warn|notice|deprecat\\w*|skipping)\\b"
            + "|WARNUNG|HINWEIS|ATTENTION|AVERTISSEMENT|ADVERTENCIA|ATTENZIONE|NOTIFICA|AVISO|NOTA\\b"
            + "|VARNING|NOTIS\\b|ПРЕДУПРЕЖДЕНИЕ|ЗАМЕЧАНИЕ|ПОПЕРЕДЖЕННЯ|ПОВІДОМЛЕННЯ|გაფრთხილება|警告|注意|경고|알림");

    /** One of these is in every ASCII word by which an error or a warning is told; a line with neither one nor a byte beyond ASCII need not be matched. */
    private static final FourGrams SIGNS = FourGrams.of(
            "perm", "dire", "verz", "fich", "plik", "kata", "anwe", "coma", "orde", "argu", "erro", "fata", "pani",
            "fehl", "erre", "warn", "noti", "depr", "skip", "hinw", "atte", "aver", "adve", "avis", "nota", "fel:",
            "hata", "such", "inva", "varn");

    /** Colours and cursor movements; what is left of control characters would be six bytes each in the event. */
    private static final Pattern TERMINAL_CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\\p{Cntrl}");

    private final Deque<Line> last = new ArrayDeque<>();
    private final List<String> notable = new ArrayList<>();
    private int errors;
    private int warnings;

    /** A line as it came, cut; the buffer is used again when the line is dropped. */
    private static final class Line {
        private final byte[] bytes = new byte[LINE_LENGTH];
        private int length;
        private boolean suspicious;

        String text() {
            return TERMINAL_CONTROL
                    .matcher(new String(bytes, 0, length, StandardCharsets.UTF_8))
                    .replaceAll("")
                    .stripTrailing();
        }
    }

    /** One stream's bytes, cut into lines; each stream has its own. */
    final class Lines {
        private Line line = new Line();
        private int gram;

        void feed(byte[] buffer, int length) {
            synchronized (OutputTail.this) {
                for (int i = 0; i < length; i++) {
                    byte next = buffer[i];
                    if (next == '\n') {
                        end();
                    } else if (line.length < LINE_LENGTH) {
                        line.bytes[line.length++] = next;
                        gram = FourGrams.shift(gram, next);
                        line.suspicious |= next < 0 || next == '\\' || SIGNS.mayContain(gram);
                    }
                }
            }
        }

        void flush() {
            synchronized (OutputTail.this) {
                end();
            }
        }

        private void end() {
            line = add(line);
            gram = 0;
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

    /** Keeps the line and gives back one to fill next. */
    private Line add(Line line) {
        if (isBlank(line)) {
            line.length = 0;
            line.suspicious = false;
            return line;
        }
        last.addLast(line);
        if (last.size() <= LAST_LINES) {
            return new Line();
        }
        Line dropped = last.removeFirst();
        if (dropped.suspicious) {
            String text = dropped.text();
            if (isKept(text)) {
                notable.add(text);
            }
        }
        dropped.length = 0;
        dropped.suspicious = false;
        return dropped;
    }

    private static boolean isBlank(Line line) {
        for (int i = 0; i < line.length; i++) {
            if (line.bytes[i] > ' ' || line.bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isKept(String line) {
        if (ERROR.matcher(line).find() || ToolOutput.isError(line)) {
            return errors++ < ERROR_LINES;
        }
        return WARNING.matcher(line).find() && warnings++ < WARNING_LINES;
    }

    /** The notable lines, then the last ones, in their order. */
    synchronized String text() {
        StringBuilder out = new StringBuilder();
        notable.forEach(line -> out.append(line).append('\n'));
        for (Line line : last) {
            String text = line.text();
            if (!text.isBlank()) {
                out.append(text).append('\n');
            }
        }
        return out.toString();
    }

    /** A set of four letters each, asked at every byte of a stream. A hit may be another's; a miss is none. */
    private static final class FourGrams {
        private static final int BITS = 12;

        private final boolean[] slots;

        private FourGrams(boolean[] slots) {
            this.slots = slots;
        }

        static FourGrams of(String... words) {
            boolean[] slots = new boolean[1 << BITS];
            Arrays.stream(words).forEach(word -> {
                int gram = 0;
                for (byte letter : word.getBytes(StandardCharsets.US_ASCII)) {
                    gram = shift(gram, letter);
                }
                slots[slot(gram)] = true;
            });
            return new FourGrams(slots);
        }

        /** The last four bytes, letters in lower case. */
        static int shift(int gram, byte next) {
            return (gram << 8) | ((next | 0x20) & 0xff);
        }

        boolean mayContain(int gram) {
            return slots[slot(gram)];
        }

        private static int slot(int gram) {
            return (gram * 0x9E3779B1) >>> (32 - BITS);
        }
    }
}
