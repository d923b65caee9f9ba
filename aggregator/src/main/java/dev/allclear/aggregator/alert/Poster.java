package dev.allclear.aggregator.alert;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends. Every attempt ends within its time-out, whatever the other side does; redirects are not followed; an answer that breaks off is no
 * answer. Certificates are verified.
 */
final class Poster {
    private static final int LONGEST_ANSWER = 64 << 10;

    private final HttpClient client;
    private final Vertx vertx;
    private final Clock clock;

    Poster(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout(5_000));
    }

    /** Never fails. */
    Future<Reply> send(Post post, Duration timeout) {
        Promise<Reply> outcome = Promise.promise();
        Promise<HttpClientRequest> made = Promise.promise();
        // the time-out is ours: the client's own ends with the head of the answer
        long timer = vertx.setTimer(Math.max(1, timeout.toMillis()), late -> {
            outcome.tryFail(new AttemptTimeout());
            made.future().onSuccess(HttpClientRequest::reset);
        });
        try {
            client.request(options(post))
                    .onSuccess(made::tryComplete)
                    .compose(request -> request.send(Buffer.buffer(post.body())))
                    .compose(this::whole)
                    .onSuccess(outcome::tryComplete)
                    .onFailure(outcome::tryFail);
        } catch (RuntimeException unsendable) {
            outcome.tryFail(unsendable);
        }
        return outcome.future().otherwise(Reply::failed).onComplete(done -> vertx.cancelTimer(timer));
    }

    Future<Void> close() {
        return client.close().timeout(2, TimeUnit.SECONDS).otherwiseEmpty();
    }

    private static RequestOptions options(Post post) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(post.address().toString())
                .setFollowRedirects(false)
                .putHeader("user-agent", "allclear")
                .putHeader("content-type", "application/json; charset=utf-8");
        post.headers().forEach(options::putHeader);
        return options;
    }

    /** The rest of the answer is read to its end and thrown away; one that does not end is cut off by the time-out, or here. */
    private Future<Reply> whole(HttpClientResponse response) {
        Reply reply = Reply.of(response.statusCode(), response.getHeader("Retry-After"), clock.instant());
        Promise<Reply> ended = Promise.promise();
        int[] read = {0};
        response.handler(bytes -> {
            read[0] += bytes.length();
            if (read[0] > LONGEST_ANSWER) {
                ended.tryComplete(reply);
                response.request().reset();
            }
        });
        response.exceptionHandler(ended::tryFail);
        response.endHandler(end -> ended.tryComplete(reply));
        return ended.future();
    }

    private static final class AttemptTimeout extends RuntimeException {
        private static final long serialVersionUID = 1;

        AttemptTimeout() {
            super("no answer in time", null, false, false);
        }
    }
}
