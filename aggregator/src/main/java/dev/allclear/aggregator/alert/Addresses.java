package dev.allclear.aggregator.alert;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Web addresses: which text is one, without ever repeating it. */
final class Addresses {
    private Addresses() {}

    static Optional<URI> parse(String text) {
        try {
            URI address = new URI(text.strip());
            boolean isWeb =
                    "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            return isWeb && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException invalid) {
            return Optional.empty();
        }
    }

    static boolean isWebAddress(String text) {
        return parse(text).isPresent();
    }
}
