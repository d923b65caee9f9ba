package dev.allclear.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    @Test
    void closesInOrderWhateverFailsOrHangs() {
        List<String> closed = new ArrayList<>();
        Promise<Void> never = Promise.promise();

        ServiceFixture.await(Shutdown.inOrder(
                Duration.ofMillis(50),
                () -> note(closed, "first"),
                () -> {
                    throw new IllegalStateException("thrown");
                },
                () -> Future.failedFuture("failed"),
                never::future,
                () -> note(closed, "last")));

        assertThat(closed).containsExactly("first", "last");
    }

    @Test
    void waitsForEachBeforeTheNext() {
        List<String> closed = new ArrayList<>();
        Promise<Void> first = Promise.promise();

        Future<Void> done = Shutdown.inOrder(Duration.ofMinutes(1), first::future, () -> note(closed, "second"));
        assertThat(closed).isEmpty();
        first.complete();
        ServiceFixture.await(done);

        assertThat(closed).containsExactly("second");
    }

    private static Future<Void> note(List<String> closed, String what) {
        closed.add(what);
        return Future.succeededFuture();
    }
}
