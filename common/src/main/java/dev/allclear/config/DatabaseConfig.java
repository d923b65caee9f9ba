package dev.allclear.config;

import dev.allclear.model.DatabaseName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One database under verification.
 *
 * @param uri {@code postgresql://user@host:port/database?sslmode=…}; the password may stand in it but is better kept apart
 * @param section the whole {@code databases.NAME} part, from which each check reads its own key
 */
public record DatabaseConfig(DatabaseName name, String uri, Optional<Secret> password, Budget budget, Section section) {
    /** Keys under {@code databases.NAME}; those of checks are read by the checks themselves. */
    private static final Set<String> CHECK_KEYS = Set.of("status", "latency", "locks", "rows", "logs", "policy");

    /** The part of a team's own check, {@code team.check}. */
    private static final Pattern TEAM_CHECK = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*");

    static DatabaseConfig read(DatabaseName name, Section section) {
        String uri = section.required("uri");
        if (!uri.isEmpty() && !isPostgresUri(uri)) {
            section.mistake("uri", "must look like postgresql://user@host:5432/database");
        }
        Optional<Secret> password = section.secret("password");
        Budget budget = Budget.read(section.section("budget"));
        CHECK_KEYS.forEach(section::has);
        section.keys().stream().filter(key -> TEAM_CHECK.matcher(key).matches()).forEach(section::has);
        section.rejectOtherKeys();
        return new DatabaseConfig(name, uri, password, budget, section);
    }

    private static boolean isPostgresUri(String uri) {
        try {
            URI parsed = new URI(uri);
            return parsed.getScheme() != null
                    && (parsed.getScheme().equals("postgresql")
                            || parsed.getScheme().equals("postgres"));
        } catch (URISyntaxException invalid) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "database " + name;
    }
}
