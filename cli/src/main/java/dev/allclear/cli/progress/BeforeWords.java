package dev.allclear.cli.progress;

import dev.allclear.event.BaselineCaptured;

/** A check's word on its "before", for people. */
public final class BeforeWords {
    private BeforeWords() {}

    public static String of(BaselineCaptured baseline) {
        return switch (baseline.status()) {
            case CAPTURED -> "has measured \"before\"";
            case NONE -> "needs no \"before\"";
            case FAILED -> "could not measure \"before\": " + baseline.reason().orElse("no reason given");
        };
    }
}
