package dev.allclear.row;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Does one thing after the other, so that the database has one statement of ours at a time. */
final class InOrder {
    private InOrder() {}

    static <A, B> Future<List<B>> forEach(List<A> items, Function<A, Future<B>> work) {
        Future<List<B>> all = Future.succeededFuture(new ArrayList<>());
        for (A item : items) {
            all = all.compose(done -> work.apply(item).map(result -> {
                done.add(result);
                return done;
            }));
        }
        return all;
    }
}
