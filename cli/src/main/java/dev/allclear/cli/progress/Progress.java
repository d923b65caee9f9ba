package dev.allclear.cli.progress;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckStarted;
import dev.allclear.model.CheckReport;
import java.util.regex.Pattern;

/** Tells on standard error what is going on. Thread-safe; to be closed before anything else owns the terminal for good. */
public sealed interface Progress extends AutoCloseable permits PlainProgress, LiveProgress {
    /** A line that opens a chapter. */
    void headline(String text);

    /** A line that stays: something was done. */
    void step(String text);

    /** A line that stays: something went well. */
    void good(String text);

    /** A line that stays: something is missing or late. */
    void warn(String text);

    /** A line that stays: something failed. */
    void bad(String text);

    /** From now on this is what everybody waits for. */
    void await(Wait wait);

    /** The waiting is over, or somebody else is about to use the terminal: nothing of it is left there. */
    void over();

    /** What a check says of its "before". */
    void heard(BaselineCaptured baseline);

    /** What a check says it is doing. */
    void heard(CheckStarted activity);

    /** A check's answer. */
    void heard(CheckReport report);

    @Override
    void close();

    /** What others wrote (a summary, a reason) comes from events, and must not move the cursor or look like a line of ours. */
    static String plain(String text) {
        return Unsafe.PATTERN.matcher(text).replaceAll(" ");
    }

    /** Control characters, line ends, and what turns the direction of writing. */
    final class Unsafe {
        private static final Pattern PATTERN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

        private Unsafe() {}
    }
}
