package dev.allclear.status.tool;

import java.util.List;
import java.util.Optional;

/** The tools whose tracking table is read, and the names of those that are known but not read yet. */
public final class TrackingTools {
    /** A plain script, which has no tracking table. */
    public static final String SQL = "sql";

    private static final List<TrackingTool> READ = List.of(new FlywayHistory(), new GolangMigrate());

    private static final List<String> KNOWN = List.of(
            "flyway",
            "liquibase",
            "alembic",
            "django",
            "rails",
            "golang-migrate",
            "goose",
            "prisma",
            "sqitch",
            "dbmate",
            "atlas",
            "knex",
            "typeorm",
            "efcore",
            "node-pg-migrate",
            "sqlx",
            "drizzle",
            "sequelize",
            "sql-migrate",
            "pgroll",
            SQL);

    private TrackingTools() {}

    public static List<TrackingTool> read() {
        return READ;
    }

    public static Optional<TrackingTool> named(String name) {
        return READ.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /** The names of the tools that are read, for a message. */
    public static String readNames() {
        return String.join(", ", READ.stream().map(TrackingTool::name).toList());
    }

    /** The names that a publisher may give, whether their tables are read or not, for a message. */
    public static String knownNames() {
        return String.join(", ", KNOWN);
    }

    public static boolean knows(String name) {
        return KNOWN.contains(name);
    }
}
