package dev.allclear.aggregator.console;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.Secret;
import dev.allclear.config.Section;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code console} part of the configuration.
 *
 * @param mayMove whether another port is taken when this one is not free
 * @param hosts names under which the console is known besides those of loopback
 * @param token whoever has it may look and publish; without one only this machine may
 */
public record ConsoleSettings(
        boolean isEnabled, String host, int port, boolean mayMove, Set<String> hosts, Optional<Secret> token) {
    private static final int DEFAULT_PORT = 8080;
    private static final String HOST = "127.0.0.1";
    private static final String NAME = "[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}]";
    private static final String TOKEN = "[\\x21-\\x7e]{16,200}";

    public ConsoleSettings {
        hosts = Set.copyOf(hosts);
    }

    /** On loopback, without a token. */
    public static ConsoleSettings local(int port) {
        return new ConsoleSettings(true, HOST, port, true, Set.of(), Optional.empty());
    }

    /** Reads all of it; mistakes are noted in the configuration. */
    public static ConsoleSettings read(AllclearConfig config) {
        Section section = config.root().section("console");
        boolean isEnabled = section.flag("enabled", true);
        String host = section.string("host", HOST).strip();
        boolean mayMove = !section.has("port");
        int port = section.integer("port", DEFAULT_PORT, 0, 65535);
        // the server library would let both listen there, and give each some of the other's requests
        boolean isHealthPort = isEnabled && port != 0 && port == config.http().port();
        if (isHealthPort && !mayMove) {
            section.mistake("port", "is http.port, where health and metrics are: the console needs a port of its own");
        }
        Optional<Secret> token = section.referredSecret("token");
        Set<String> hosts = new TreeSet<>();
        for (String name : section.strings("hosts")) {
            String lower = name.strip().toLowerCase(java.util.Locale.ROOT);
            if (!lower.matches(NAME)) {
                section.mistake("hosts", "may contain only names such as allclear.example.com, without port or path");
            }
            hosts.add(lower);
        }
        section.rejectOtherKeys();
        if (token.filter(secret -> !secret.reveal().matches(TOKEN)).isPresent()) {
            section.mistake("token", "must be 16 to 200 printable characters without spaces: openssl rand -hex 32");
        }
        if (isEnabled && token.isEmpty() && !isLoopback(host)) {
            section.mistake(
                    "token",
                    "is required where console.host is not loopback, since whoever can connect could see every run"
                            + " and publish: give one as ${env:NAME} or ${file:PATH}, or listen on 127.0.0.1");
        }
        return new ConsoleSettings(isEnabled, host, isHealthPort ? 0 : port, mayMove, hosts, token);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }
}
