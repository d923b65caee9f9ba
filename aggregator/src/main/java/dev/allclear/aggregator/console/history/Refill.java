package dev.allclear.aggregator.console.history;

import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.ReceivedEvent;
import java.util.List;
import java.util.function.Predicate;

/** A run that is put together again. Not thread-safe. */
final class Refill {
    private final RunEntry copy;
    private final Predicate<RunEntry> isComplete;

    Refill(RunEntry copy, Predicate<RunEntry> isComplete) {
        this.copy = copy;
        this.isComplete = isComplete;
    }

    /** Takes any event; those of other runs are passed over. Returns whether nothing is missing any more. */
    boolean accept(ReceivedEvent received) {
        if (!RunKey.of(received.event()).equals(copy.key())) {
            return false;
        }
        copy.accept(received);
        return isComplete();
    }

    boolean isComplete() {
        return isComplete.test(copy);
    }

    List<AllclearEvent> events() {
        return copy.parts().stream().map(Packed::unpack).toList();
    }
}
