package dev.allclear.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/** A fair, asynchronous semaphore: bounds how many connections are open at once. */
final class Places {
    private final Deque<Promise<Place>> waiting = new ArrayDeque<>();
    private int free;

    Places(int most) {
        this.free = most;
    }

    /** Completes with a place as soon as there is one; whoever took it frees it. */
    synchronized Future<Place> take() {
        if (free > 0) {
            free--;
            return Future.succeededFuture(new Place());
        }
        Promise<Place> promise = Promise.promise();
        waiting.add(promise);
        return promise.future();
    }

    private void give() {
        Promise<Place> next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.complete(new Place());
    }

    /** One of the places; freeing it twice counts once. */
    final class Place {
        private final AtomicBoolean freed = new AtomicBoolean();

        void free() {
            if (freed.compareAndSet(false, true)) {
                give();
            }
        }
    }
}
