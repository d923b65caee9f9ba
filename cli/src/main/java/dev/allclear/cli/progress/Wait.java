package dev.allclear.cli.progress;

import dev.allclear.model.CheckName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What is waited for.
 *
 * @param words what happens meanwhile
 * @param stage what the checks owe in it
 * @param checks whose word is awaited; others may speak as well
 * @param limit how long at most; empty where nobody said
 */
public record Wait(String words, Stage stage, Set<CheckName> checks, Optional<Duration> limit) {
    /** What the checks owe. */
    public enum Stage {
        NOTHING,
        BEFORE,
        ANSWER
    }

    public Wait {
        checks = Set.copyOf(checks);
    }

    /** Something starts that has no checks yet. */
    public static Wait starting(String words) {
        return new Wait(words, Stage.NOTHING, Set.of(), Optional.empty());
    }

    /** Each check is to measure "before". */
    public static Wait before(String words, Set<CheckName> checks, Duration limit) {
        return new Wait(words, Stage.BEFORE, checks, Optional.of(limit));
    }

    /** Each check is to answer, and then there is a verdict. */
    public static Wait answers(String words, Set<CheckName> checks, Duration limit) {
        return new Wait(words, Stage.ANSWER, checks, Optional.of(limit));
    }
}
