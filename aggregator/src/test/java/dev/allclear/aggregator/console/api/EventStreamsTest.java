package dev.allclear.aggregator.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.console.Web;
import dev.allclear.aggregator.console.history.RunChange;
import dev.allclear.aggregator.console.history.RunKey;
import dev.allclear.aggregator.console.http.Door;
import dev.allclear.aggregator.console.http.Site;
import dev.allclear.event.EventType;
import dev.allclear.model.RunId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams over real sockets: what is sent, and what is not kept for those who do not read. */
class EventStreamsTest {
    private static final int FLOOD = 200_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final News news = new News(vertx, context);
    private Web web;

    @BeforeEach
    void open() {
        Door door = new Door(Set.of(), Optional.empty(), Clock.systemUTC());
        Site site = Site.open(
                        vertx,
                        context,
                        "127.0.0.1",
                        0,
                        door,
                        new EventStreams(vertx, news, Duration.ofMillis(50)).routes())
                .await();
        web = new Web(site.port());
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void showsThatItIsAlive_thoughNothingHappens() throws IOException {
        try (Socket socket = web.open()) {
            BufferedReader in = follow(socket, "/v1/events");

            assertThat(readUntil(in, ": still here")).isNotEmpty();
        }
    }

    @Test
    void keepsNothingForAClientThatDoesNotRead_butTellsItThatItHasMissedSomething() throws IOException {
        try (Socket slow = web.open();
                Socket quick = web.open()) {
            BufferedReader slowIn = follow(slow, "/v1/events");
            BufferedReader quickIn = follow(quick, "/v1/events?run=last");
            for (int i = 0; i < FLOOD; i++) {
                news.heard(change("flood-" + i % 1000));
            }
            news.heard(change("last"));

            List<String> quicks = readUntil(quickIn, "data: {\"type\"");
            List<String> slows = readUntil(slowIn, "event: missed");

            assertThat(quicks.get(quicks.size() - 1)).contains("\"runId\":\"last\"");
            assertThat(slows.stream()
                            .filter(line -> line.equals("event: change"))
                            .count())
                    .isPositive()
                    .isLessThan(FLOOD);
        }
    }

    @Test
    void forgetsAClientThatHasGone() throws IOException {
        try (Socket socket = web.open()) {
            follow(socket, "/v1/events");
            assertThat(news.followers()).isEqualTo(1);
        }

        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> news.followers() == 0);
    }

    private static RunChange change(String run) {
        return new RunChange(
                new RunKey(Samples.SHOP, new RunId(run)), EventType.VERDICT_REACHED, Optional.empty(), Samples.T0);
    }

    /** Returns once the stream has begun. */
    private static BufferedReader follow(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        readUntil(in, ": follows");
        return in;
    }

    private static List<String> readUntil(BufferedReader in, String beginning) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (line.startsWith(beginning)) {
                return lines;
            }
        }
        throw new AssertionError("the stream ended before " + beginning);
    }
}
