package dev.allclear.postgres;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.DatabaseConfig;
import dev.allclear.model.DatabaseName;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** The configured databases by the name under which events know them. */
public final class Databases {
    private final Map<DatabaseName, Database> byName;

    private Databases(Map<DatabaseName, Database> byName) {
        this.byName = byName;
    }

    public static Databases of(Vertx vertx, AllclearConfig config) {
        Map<DatabaseName, Database> byName = new TreeMap<>();
        for (DatabaseConfig database : config.databases().values()) {
            byName.put(database.name(), new Database(vertx, database));
        }
        return new Databases(byName);
    }

    public boolean knows(DatabaseName name) {
        return byName.containsKey(name);
    }

    /** The host calls a checker only for databases that are configured, so an unknown name is a bug here. */
    public Database get(DatabaseName name) {
        Database database = byName.get(name);
        if (database == null) {
            throw new NoSuchElementException("database " + name + " is not configured; configured: " + byName.keySet());
        }
        return database;
    }
}
