package dev.allclear.cli;

import dev.allclear.model.DatabaseName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The first {@code allclear.yaml}, filled from what the environment says of a database. A password is referred to and never written. */
final class InitTemplate {
    private static final String YAML = "allclear.yaml";
    private static final String SCHEMA = "allclear.schema.json";
    private static final String EXAMPLE = "shop";

    private final Map<String, String> environment;

    InitTemplate(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The schema, as editors read it. */
    static String schema() {
        return resource(SCHEMA);
    }

    /** @param schema where editors find the schema, seen from the file */
    String yaml(String schema) {
        Filling filling = fromUrl().or(this::fromLibpq).orElseGet(this::example);
        return resource(YAML)
                .replace("@SCHEMA@", schema)
                .replace("@NAME@", filling.name())
                .replace("@ORIGIN@", filling.origin())
                .replace("@URI@", filling.uri())
                .replace("@PASSWORD@", filling.password());
    }

    private record Filling(String name, String origin, String uri, String password) {}

    /** The address as a whole may hold a password, so it is referred to as a whole. */
    private Optional<Filling> fromUrl() {
        return value("DATABASE_URL")
                .flatMap(InitTemplate::postgres)
                .map(address -> new Filling(
                        alias(address.getPath() == null ? "" : address.getPath().replaceFirst("^/", "")),
                        "From DATABASE_URL: " + address.getHost()
                                + (address.getPort() > 0 ? ":" + address.getPort() : "")
                                + ". Is its role the application's? Then make one for Allclear.",
                        "${env:DATABASE_URL}",
                        "#password: ${env:PGPASSWORD}"));
    }

    private Optional<Filling> fromLibpq() {
        if (value("PGHOST").isEmpty()
                && value("PGDATABASE").isEmpty()
                && value("PGUSER").isEmpty()) {
            return Optional.empty();
        }
        // a directory is a socket's, which this client does not use
        String host =
                value("PGHOST").filter(name -> name.matches("[A-Za-z0-9._-]+")).orElse("localhost");
        String port =
                value("PGPORT").filter(digits -> digits.matches("\\d{1,5}")).orElse("5432");
        String user = value("PGUSER").orElse("allclear");
        String database = value("PGDATABASE").orElse(user);
        String mode = value("PGSSLMODE")
                .filter(word -> word.matches("[a-z-]+"))
                .map(word -> "?sslmode=" + word)
                .orElse("");
        return Optional.of(new Filling(
                alias(database),
                "From PGHOST, PGPORT, PGUSER and PGDATABASE. Is the role the application's? Then make one for Allclear.",
                "postgresql://" + encoded(user) + "@" + host + ":" + port + "/" + encoded(database) + mode,
                value("PGPASSWORD").isPresent() ? "password: ${env:PGPASSWORD}" : "#password: ${env:PGPASSWORD}"));
    }

    private Filling example() {
        return new Filling(
                EXAMPLE,
                "An example: neither PGHOST, PGDATABASE, PGUSER nor DATABASE_URL was set.",
                "postgresql://allclear@localhost:5432/" + EXAMPLE,
                "#password: ${env:PGPASSWORD}");
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }

    private static Optional<URI> postgres(String text) {
        try {
            URI address = new URI(text);
            boolean isPostgres = "postgres".equals(address.getScheme()) || "postgresql".equals(address.getScheme());
            return isPostgres && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException foreign) {
            return Optional.empty();
        }
    }

    /** The database's own name where it can be an alias; quotes are not needed for what is left. */
    private static String alias(String database) {
        try {
            String name = new DatabaseName(database).value();
            return name.matches("[A-Za-z][A-Za-z0-9_-]*") && !name.matches("(?i)true|false|yes|no|on|off|null|y|n")
                    ? name
                    : EXAMPLE;
        } catch (IllegalArgumentException unfit) {
            return EXAMPLE;
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String resource(String name) {
        try (InputStream in = InitTemplate.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
