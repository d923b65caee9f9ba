package dev.allclear.status.tool;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tools whose tracking tables are read. */
public final class TrackingTools {
    /** A plain script, which has no tracking table. */
    public static final String SQL = "sql";

    private static final List<TrackingTool> ALL = List.of(
            Flyway.tool(),
            Liquibase.tool(),
            Alembic.tool(),
            Django.tool(),
            Rails.tool(),
            GolangMigrate.tool(),
            Goose.tool(),
            Prisma.tool(),
            Sqitch.tool(),
            Dbmate.tool(),
            Atlas.tool(),
            Knex.tool(),
            TypeOrm.tool(),
            EfCore.tool(),
            NodePgMigrate.tool(),
            Sqlx.tool(),
            Drizzle.tool(),
            Sequelize.tool(),
            SqlMigrate.tool(),
            Pgroll.tool());

    private TrackingTools() {}

    public static List<TrackingTool> all() {
        return ALL;
    }

    public static Optional<TrackingTool> named(String name) {
        return ALL.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /**
     * The tool whose table this is.
     *
     * @param preferred what the publisher named: it decides where a table could be that of several
     */
    public static Optional<TrackingTool> of(String table, TableShape shape, Optional<String> preferred) {
        return preferred
                .flatMap(TrackingTools::named)
                .filter(tool -> tool.tableNames().contains(table) && tool.fits(shape))
                .or(() -> ALL.stream()
                        .filter(tool -> tool.recognizes(table, shape))
                        .findFirst());
    }

    /** Every table name that says something about a tool: tracking tables, what is read beside them, locks, marks. */
    public static Set<String> tableNames() {
        Set<String> names = new TreeSet<>(Set.of(Rails.METADATA));
        for (TrackingTool tool : ALL) {
            names.addAll(tool.tableNames());
            names.addAll(tool.besides());
            tool.lock().ifPresent(lock -> names.addAll(lock.names()));
        }
        return names;
    }

    /** The names of the tools that are read, for a message. */
    public static String readNames() {
        return String.join(", ", ALL.stream().map(TrackingTool::name).toList());
    }

    /** The names that a publisher may give, for a message. */
    public static String knownNames() {
        return String.join(
                ", ",
                Stream.concat(ALL.stream().map(TrackingTool::name), Stream.of(SQL))
                        .toList());
    }

    public static boolean knows(String name) {
        return name.equals(SQL) || named(name).isPresent();
    }
}
