package dev.allclear.aggregator.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class KeyTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final Key key = new Key(new Secret("a-token-of-some-length"), NOON);

    @Test
    void opensForItsTokenAlone() {
        assertThat(key.opens("a-token-of-some-length")).isTrue();
        assertThat(key.opens("a-token-of-some-lengtH")).isFalse();
        assertThat(key.opens("a-token-of-some-lengt")).isFalse();
        assertThat(key.opens("")).isFalse();
    }

    @Test
    void acceptsItsOwnPass_untilItExpires() {
        String pass = key.pass();
        Key later = new Key(
                new Secret("a-token-of-some-length"), Clock.offset(NOON, Key.PASS_LASTS.plus(Duration.ofSeconds(1))));

        assertThat(key.accepts(pass)).isTrue();
        assertThat(later.accepts(pass)).isFalse();
    }

    @Test
    void acceptsNoForgedPass() {
        String pass = key.pass();
        String signature = pass.substring(pass.indexOf('.'));

        assertThat(key.accepts("99999999999" + signature)).isFalse();
        assertThat(key.accepts(pass.substring(0, pass.length() - 1))).isFalse();
        assertThat(key.accepts("a.b.c")).isFalse();
        assertThat(key.accepts("")).isFalse();
        assertThat(key.accepts("a-token-of-some-length")).isFalse();
        assertThat(new Key(new Secret("another-token-entirely"), NOON).accepts(pass))
                .isFalse();
    }

    @Test
    void holdsTheTokenInNoPass() {
        assertThat(key.pass()).doesNotContain("token");
    }
}
