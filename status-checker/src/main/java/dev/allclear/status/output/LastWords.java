package dev.allclear.status.output;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tool that failed said of it, where no line has PostgreSQL's own form: the first line that names an error. Drivers and
 * frameworks each have their own way, and repeat it several times in a stack trace.
 */
public final class LastWords {
    private static final int LONGEST_READ = 2_000;
    private static final Pattern SAYS_ERROR = Pattern.compile(
            "(?i)\\b(?:\\w*errors?\\b(?!-)|\\w*exception\\b|\\w*violation\\b|pq: |sqlstate|fatal\\b).*\\S");
    private static final Pattern NOTHING_SAID = Pattern.compile(
            "(?i)^\\s*(?:at |File \"|Traceback|Caused by: *$|\\w*Error: *$|error: *$|.*\\b(?:0|no) errors?\\b)");

    private LastWords() {}

    /** The line, masked; empty when none names an error. */
    public static Optional<String> of(String output) {
        return output.lines()
                .map(line -> line.length() <= LONGEST_READ ? line : line.substring(0, LONGEST_READ))
                .filter(line -> SAYS_ERROR.matcher(line).find()
                        && !NOTHING_SAID.matcher(line).find())
                .findFirst()
                .map(Masking::of);
    }
}
