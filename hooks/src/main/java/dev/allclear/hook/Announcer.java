package dev.allclear.hook;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import java.util.Set;

/** The way to Allclear. Calls block, each within limits; whatever goes wrong is an {@link Unreachable}. */
interface Announcer extends AutoCloseable {
    /** Whose "before" is captured when the migration may begin, and who was awaited in vain. */
    record Waited(Set<CheckName> captured, Set<CheckName> missing) {
        public Waited {
            captured = Set.copyOf(captured);
            missing = Set.copyOf(missing);
        }
    }

    /** Announces, and waits until "before" is measured or the wait is over. */
    Waited started(MigrationStarted event) throws Unreachable;

    /** Returns when the event is accepted. */
    void completed(MigrationCompleted event) throws Unreachable;

    @Override
    void close();

    /** Allclear could not be told. */
    final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        Unreachable(String why) {
            super(why);
        }
    }
}
