package dev.allclear.event;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Instant;

/** The aggregator has decided, or revised its decision. */
public record VerdictReached(Verdict verdict) implements AllclearEvent {
    @Override
    public RunId run() {
        return verdict.run();
    }

    @Override
    public DatabaseName database() {
        return verdict.database();
    }

    @Override
    public Instant time() {
        return verdict.decidedAt();
    }

    @Override
    public EventType type() {
        return EventType.VERDICT_REACHED;
    }

    @Override
    public String discriminator() {
        return Integer.toString(verdict.revision());
    }
}
