package dev.allclear.cli;

import dev.allclear.cli.progress.LiveProgress;
import dev.allclear.cli.progress.PlainProgress;
import dev.allclear.cli.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** What standard output and standard error can show: each is asked for itself, since either may be a file. */
final class Console {
    private static final Path OWN_FILES = Path.of("/proc/self/fd");
    private static final int OUT = 1;
    private static final int ERR = 2;

    private Console() {}

    /** Whether the report may be coloured: a terminal, and {@code NO_COLOR} not set. */
    static boolean hasColour() {
        return isColourful(OUT);
    }

    /** The block that is drawn in its place needs a terminal, and nobody who keeps what is written as a log. */
    static Progress progress(Clock clock) {
        boolean isLog = isSet("CI") || isDumb() || !isTerminal(ERR);
        return isLog
                ? new PlainProgress(System.err, isColourful(ERR), clock)
                : LiveProgress.begin(System.getenv(), isTerminal(OUT), isColourful(ERR), clock);
    }

    private static boolean isColourful(int descriptor) {
        return isTerminal(descriptor) && !isSet("NO_COLOR") && !isDumb();
    }

    private static boolean isDumb() {
        return !isSet("TERM") || "dumb".equals(System.getenv("TERM"));
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /** Where a descriptor leads is known on Linux; elsewhere a shell, which inherits it, is asked. */
    private static boolean isTerminal(int descriptor) {
        try {
            if (Files.exists(OWN_FILES)) {
                String leads = Files.readSymbolicLink(OWN_FILES.resolve(Integer.toString(descriptor)))
                        .toString();
                return leads.startsWith("/dev/pts/") || leads.startsWith("/dev/tty") || leads.equals("/dev/console");
            }
            return new ProcessBuilder("sh", "-c", "test -t " + descriptor)
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException unknown) {
            return false;
        } catch (InterruptedException toldToEnd) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
