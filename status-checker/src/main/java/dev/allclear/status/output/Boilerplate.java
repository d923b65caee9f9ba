package dev.allclear.status.output;

import java.util.regex.Pattern;

/**
 * Lines that look like warnings and that tools, or what they run on, print on every good run: about their own versions, licences and
 * surroundings, never about the migration.
 */
final class Boilerplate {
    private static final Pattern LIQUIBASE =
            Pattern.compile("License service not loaded|Cannot load service: liquibase|Liquibase Pro license");

    private static final Pattern FLYWAY = Pattern.compile("Flyway upgrade recommended|newer than this version of Flyway"
            + "|Storing migrations in 'sql' is not recommended|default scanning of this location may be deprecated");

    private static final Pattern PRISMA =
            Pattern.compile("datasource properties but you are using a Driver Adapter|package\\.json#prisma"
                    + "|^warn Versions of prisma@|^warn Prisma \\S+ has breaking changes");

    private static final Pattern NODE = Pattern.compile("^\\(node:\\d+\\) |^npm (?:warn|WARN|notice)\\b|node --trace-");

    private static final Pattern JAVA = Pattern.compile(
            "illegal reflective access|[Ii]llegal access using|llegal-access"
                    + "|terminally deprecated method in|sun\\.misc\\.Unsafe|consider reporting this to the maintainers"
                    + "|restricted method in|[Rr]estricted methods will be blocked|--enable-native-access"
                    + "|will be (?:blocked|removed|denied) in a future release$|Sharing is only supported for boot loader");

    private static final Pattern PYTHON = Pattern.compile("pkg_resources is deprecated as an API");

    private Boilerplate() {}

    static boolean is(String line) {
        return LIQUIBASE.matcher(line).find()
                || FLYWAY.matcher(line).find()
                || PRISMA.matcher(line).find()
                || NODE.matcher(line).find()
                || JAVA.matcher(line).find()
                || PYTHON.matcher(line).find();
    }
}
