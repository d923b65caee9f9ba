package dev.allclear.aggregator.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.console.Web;
import dev.allclear.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what bounds there are, over a real socket. */
class SiteTest {
    private static final String TOKEN = "a-token-of-some-length";
    private static final List<Route> ROUTES = List.of(
            Route.get("/a", asked -> Future.succeededFuture(Reply.json(200, Map.of("a", "b")))),
            Route.get("/a/{name}", asked -> Future.succeededFuture(Reply.json(200, asked.path()))),
            Route.post(
                    "/a",
                    asked -> Future.succeededFuture(
                            Reply.json(200, Map.of("length", asked.body().length())))),
            Route.get("/broken", asked -> {
                throw new IllegalStateException("secret detail");
            }),
            Route.get("/open", asked -> Future.succeededFuture(Reply.json(200, Map.of())))
                    .open());

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void answersUnderTheNamesOfLoopback_andNoOther() {
        Web web = open(Set.of("console.example"), Optional.empty());

        for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:9", "console.example")) {
            assertThat(web.get("/a", "host: " + host).status()).as(host).isEqualTo(200);
        }
        for (String host : List.of(
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example:8080",
                "",
                "a b",
                "localhost:x",
                "evil.example:localhost",
                "[::1].evil.example")) {
            assertThat(web.get("/a", "host: " + host).status()).as(host).isIn(400, 421);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "origin: http://evil.example",
                "origin: null",
                "origin: http://localhost:1",
                "origin: ::::",
                "sec-fetch-site: cross-site",
                "sec-fetch-site: same-site"
            })
    void doesNothingForAPageOfAnotherSite(String header) {
        Web web = open(Set.of(), Optional.empty());

        assertThat(web.post("/a", "{}", header).status()).isEqualTo(403);
        assertThat(web.get("/a", header).headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void doesItForAPageOfItsOwn_andForClientsThatAreNoBrowser() {
        Web web = open(Set.of(), Optional.empty());

        assertThat(web.post("/a", "{}", "origin: http://localhost:" + web.port())
                        .status())
                .isEqualTo(200);
        assertThat(web.post("/a", "{}", "sec-fetch-site: same-origin").status()).isEqualTo(200);
        assertThat(web.post("/a", "{}").json()).containsEntry("length", 2);
    }

    @Test
    void asksForTheToken_whereThereIsOne() {
        Web web = open(Set.of(), Optional.of(new Secret(TOKEN)));
        String cookie = new Door(Set.of(), Optional.of(new Secret(TOKEN)), Clock.systemUTC())
                .admit(TOKEN)
                .orElseThrow()
                .split(";")[0];

        assertThat(web.get("/a").status()).isEqualTo(401);
        assertThat(web.get("/nowhere").status()).isEqualTo(401);
        assertThat(web.get("/a?token=" + TOKEN).status()).isEqualTo(401);
        assertThat(web.get("/a", "authorization: Bearer wrong").status()).isEqualTo(401);
        assertThat(web.get("/a", "authorization: Bearer wrong", "cookie: " + cookie)
                        .status())
                .isEqualTo(401);
        assertThat(web.get("/a", "authorization: Basic " + TOKEN).status()).isEqualTo(401);
        assertThat(web.get("/a", "cookie: allclear=99999999999.00").status()).isEqualTo(401);
        assertThat(web.get("/open").status()).isEqualTo(200);
        assertThat(web.get("/a", "authorization: Bearer " + TOKEN).status()).isEqualTo(200);
        assertThat(web.get("/a", "cookie: " + cookie).status()).isEqualTo(200);
        assertThat(web.get("/a", "accept: text/html").headers()).containsEntry("location", "/login");
        assertThat(web.get("/a", "authorization: Bearer " + TOKEN, "host: any.example")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void boundsWhatARequestMayBring() {
        Web web = open(Set.of(), Optional.empty());
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            headers.add("h" + i + ": 1");
        }

        assertThat(web.get("/a", headers.toArray(new String[0])).status()).isEqualTo(431);
        assertThat(web.get("/a", "long: " + "x".repeat(20_000)).status()).isIn(400, 431);
        assertThat(web.get("/" + "x".repeat(5_000)).status()).isIn(400, 414);
        assertThat(web.post("/a", "x".repeat(Bodies.LONGEST)).status()).isEqualTo(200);
        assertThat(web.post("/a", "x".repeat(Bodies.LONGEST + 1)).status()).isEqualTo(413);
    }

    @Test
    void protectsEveryAnswer_alsoThoseOfMistakes() {
        Web web = open(Set.of(), Optional.empty());

        for (String path : List.of("/a", "/nowhere", "/broken", "/a?x=%zz")) {
            Web.Answer answer = web.get(path);

            assertThat(answer.headers())
                    .as(path)
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("x-frame-options", "DENY")
                    .containsEntry("cache-control", "no-store")
                    .containsKey("content-security-policy");
        }
        assertThat(web.get("/broken").status()).isEqualTo(500);
        assertThat(web.get("/broken").body()).doesNotContain("secret detail");
        assertThat(web.send("DELETE", "/a", "").status()).isEqualTo(405);
        assertThat(web.send("DELETE", "/a", "").headers()).containsEntry("allow", "GET, POST");
    }

    @Test
    void cutsOffWhoDribbles() throws IOException {
        Web web = open(Set.of(), Optional.empty(), Duration.ofMillis(300));

        for (String begun : List.of(
                "",
                "GET /a HTT",
                "GET /a HTTP/1.1\r\nhost: localhost\r\nx: ",
                "POST /a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nabc",
                "GET /a HTTP/1.1\r\nhost: localhost\r\n\r\n")) {
            try (Socket socket = web.open()) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));

                // ends when the other side closes, and only then
                assertThat(socket.getInputStream().readAllBytes()).as(begun).isNotNull();
            }
        }
    }

    @Test
    void takesAPartOfAPathAsItIs() {
        Web web = open(Set.of(), Optional.empty());

        assertThat(web.get("/a/x.y-z").json()).containsEntry("name", "x.y-z");
        assertThat(web.get("/a/%2e%2e").json()).containsEntry("name", "%2e%2e");
        assertThat(web.get("/a/b/c").status()).isEqualTo(404);
        assertThat(web.get("/../a").status()).isEqualTo(404);
    }

    private Web open(Set<String> hosts, Optional<Secret> token) {
        return open(hosts, token, Duration.ofSeconds(30));
    }

    private Web open(Set<String> hosts, Optional<Secret> token, Duration patience) {
        Site site = Site.open(
                        vertx,
                        vertx.getOrCreateContext(),
                        "127.0.0.1",
                        0,
                        new Door(hosts, token, Clock.systemUTC()),
                        ROUTES,
                        patience)
                .await();
        return new Web(site.port());
    }
}
