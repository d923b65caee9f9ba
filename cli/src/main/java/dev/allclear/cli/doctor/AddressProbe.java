package dev.allclear.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Does somebody listen at an alert target's address? Connects, sends nothing, and names host and port alone: the path may be a secret. */
public final class AddressProbe {
    private static final int LIMIT_MILLIS = 5_000;

    private AddressProbe() {}

    public static List<Line> ask(String subject, URI address) {
        int port = address.getPort() > 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        String place = address.getHost() + ":" + port;
        try (Socket socket = new Socket()) {
            InetSocketAddress resolved = new InetSocketAddress(address.getHost(), port);
            if (resolved.isUnresolved()) {
                return List.of(Line.missing(subject, "there is no host " + address.getHost(), "check alerts, and DNS"));
            }
            socket.connect(resolved, LIMIT_MILLIS);
            return List.of(Line.ok(subject, place + " accepts connections; nothing was sent"));
        } catch (IOException unreachable) {
            return List.of(Line.missing(
                    subject,
                    place + " cannot be reached: " + unreachable.getMessage(),
                    "check alerts, the network and its firewalls"));
        }
    }
}
