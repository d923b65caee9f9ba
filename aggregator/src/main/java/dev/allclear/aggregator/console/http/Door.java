package dev.allclear.aggregator.console.http;

import dev.allclear.config.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. The Host header must be a name of ours: a page that had its own name rebound to this address stays outside. What
 * changes something must not come from another site's page. And where a token is configured, only its holder comes further.
 */
public final class Door {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String COOKIE = "allclear";

    private final Set<String> hosts;
    private final Optional<Key> key;

    /**
     * @param hosts names under which the console is known besides those of this machine's loopback
     * @param token empty where everybody who can connect may look
     */
    public Door(Set<String> hosts, Optional<Secret> token, Clock clock) {
        this.hosts = Set.copyOf(hosts);
        this.key = token.map(secret -> new Key(secret, clock));
    }

    /** Throws a {@link Refusal} unless the request may be answered. */
    void check(HttpServerRequest request, boolean isOpen) {
        String host = request.getHeader("host");
        if (!isOurs(host)) {
            throw new Refusal(
                    421,
                    "this console is not known under the name in the Host header; console.hosts lists"
                            + " the names it has besides localhost");
        }
        if (!request.method().equals(HttpMethod.GET) && isFromElsewhere(request, String.valueOf(host))) {
            throw new Refusal(403, "a page of another site may not do this");
        }
        if (!isOpen && !isKnown(request)) {
            throw new Refusal(401, "a token is needed: Authorization: Bearer TOKEN, or log in at /login");
        }
    }

    /** With a token and no list of names, nothing is answered to strangers anyway, whatever they call us. */
    private boolean isOurs(@Nullable String host) {
        if (host == null || request(host).isEmpty()) {
            return false;
        }
        String name = request(host).get();
        return LOOPBACK.contains(name) || hosts.contains(name) || (hosts.isEmpty() && key.isPresent());
    }

    /** The name in a Host header, without its port. */
    private static Optional<String> request(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.matches("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?")
                ? Optional.of(lower.replaceFirst(":[0-9]{1,5}$", ""))
                : Optional.empty();
    }

    private static boolean isFromElsewhere(HttpServerRequest request, String host) {
        String site = request.getHeader("sec-fetch-site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeader("origin");
        if (origin == null) {
            return false;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null || !authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException noAddress) {
            return true;
        }
    }

    private boolean isKnown(HttpServerRequest request) {
        if (key.isEmpty()) {
            return true;
        }
        String authorization = request.getHeader("authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return key.get().opens(authorization.substring(7).strip());
        }
        Cookie cookie = request.getCookie(COOKIE);
        return cookie != null && key.get().accepts(cookie.getValue());
    }

    /** Whether there is anything to log in for. */
    public boolean isLocked() {
        return key.isPresent();
    }

    /** The cookie for a browser whose user knows the token; empty when he does not. */
    public Optional<String> admit(String token) {
        return key.filter(lock -> lock.opens(token))
                .map(lock -> COOKIE + "=" + lock.pass() + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
                        + Key.PASS_LASTS.toSeconds());
    }

    /** The cookie that takes a browser's pass away. */
    public String farewell() {
        return COOKIE + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }
}
