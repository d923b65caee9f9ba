package dev.allclear.aggregator.console.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body, up to a limit. */
final class Bodies {
    static final int LONGEST = 256 * 1024;

    private Bodies() {}

    /** Fails with a {@link Refusal} when it is longer than that; then the rest is not waited for. */
    static Future<Buffer> read(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            return Future.succeededFuture(Buffer.buffer());
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        request.handler(chunk -> {
            if (read.length() + chunk.length() > LONGEST) {
                whole.tryFail(new Refusal(413, "the body may have " + LONGEST + " bytes"));
            } else if (!whole.future().isComplete()) {
                read.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(broken -> whole.tryFail(Refusal.badRequest("the body did not arrive")));
        request.endHandler(end -> whole.tryComplete(read));
        return whole.future();
    }
}
