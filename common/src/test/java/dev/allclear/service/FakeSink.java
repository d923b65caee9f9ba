package dev.allclear.service;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.model.CheckReport;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is published. */
final class FakeSink implements EventSink {
    final List<AllclearEvent> published = new CopyOnWriteArrayList<>();
    volatile Future<Void> acknowledgement = Future.succeededFuture();

    @Override
    public Future<Void> publish(AllclearEvent event) {
        return acknowledgement.onSuccess(ignored -> published.add(event));
    }

    <T> List<T> published(Class<T> type) {
        return published.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<CheckReport> reports() {
        return published(CheckCompleted.class).stream()
                .map(CheckCompleted::report)
                .toList();
    }

    List<BaselineCaptured> baselines() {
        return published(BaselineCaptured.class);
    }
}
