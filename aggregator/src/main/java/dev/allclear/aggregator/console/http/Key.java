package dev.allclear.aggregator.console.http;

import dev.allclear.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token, and the passes made of it for browsers: a time of expiry with a signature, so that nothing is remembered here, a restart
 * logs nobody out, and a new token logs everybody out. Comparisons take the same time whatever is offered.
 */
final class Key {
    static final Duration PASS_LASTS = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] token;
    private final Clock clock;

    Key(Secret token, Clock clock) {
        this.token = token.reveal().getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    boolean opens(String offered) {
        // digests are of equal length, so that not even the token's length shows
        return MessageDigest.isEqual(sign("token"), signWith(offered.getBytes(StandardCharsets.UTF_8), "token"));
    }

    String pass() {
        String expiry = Long.toString(clock.instant().plus(PASS_LASTS).getEpochSecond());
        return expiry + "." + HexFormat.of().formatHex(sign(expiry));
    }

    boolean accepts(String pass) {
        String[] parts = pass.split("\\.", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,12}")) {
            return false;
        }
        byte[] right = HexFormat.of().formatHex(sign(parts[0])).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(right, parts[1].getBytes(StandardCharsets.UTF_8))
                && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[0])));
    }

    private byte[] sign(String text) {
        return signWith(token, text);
    }

    private static byte[] signWith(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
            return mac.doFinal(("allclear console " + text).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
