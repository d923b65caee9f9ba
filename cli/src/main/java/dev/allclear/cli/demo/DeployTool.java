package dev.allclear.cli.demo;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The shop's deployment command: Flyway on the locations named, in a process of its own with an exit code of its own. Arguments:
 * JDBC URL, then locations.
 */
public final class DeployTool {
    private DeployTool() {}

    public static void main(String[] args) {
        String[] locations = java.util.Arrays.copyOfRange(args, 1, args.length);
        FluentConfiguration configuration =
                Flyway.configure().dataSource(args[0], null, null).locations(locations);
        // Flyway's transactional lock would make CREATE INDEX CONCURRENTLY wait for Flyway itself.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        if (java.util.List.of(locations).contains(DemoScript.BAD)) {
            configuration.javaMigrations(new V9__Activate_promotions());
        }
        try {
            configuration.load().migrate();
        } catch (FlywayException failed) {
            System.err.println("ERROR: " + failed.getMessage());
            System.exit(1);
        }
    }
}
