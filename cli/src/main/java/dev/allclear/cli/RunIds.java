package dev.allclear.cli;

import dev.allclear.model.RunId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Run ids as the user gave them, or new ones that sort by time. */
final class RunIds {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunIds() {}

    static RunId of(@Nullable String given, Clock clock) {
        if (given == null) {
            String random = Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
            return new RunId(FORM.format(clock.instant()) + "-" + random);
        }
        return parse("--id", given);
    }

    static RunId parse(String what, String given) {
        try {
            return new RunId(given);
        } catch (IllegalArgumentException invalid) {
            throw new UsageError(what + ": " + invalid.getMessage());
        }
    }
}
