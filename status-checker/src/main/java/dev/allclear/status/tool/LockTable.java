package dev.allclear.status.tool;

import java.util.Set;

/**
 * The table by whose row a tool keeps others out, in the schema of its tracking table.
 *
 * @param names the names that the tool gives it
 * @param sql asks for the lock while it is held; {@code {table}} is the quoted, qualified name. Columns: {@code holder} (text, null when
 *     the tool does not say), {@code since} (timestamptz, null when the tool does not say). Takes ACCESS SHARE on that table only
 * @param release the statement that a person runs when nobody works any more; with {@code {table}}
 */
public record LockTable(Set<String> names, String sql, String release) {
    public LockTable {
        names = Set.copyOf(names);
    }

    public String sqlFor(String table) {
        return sql.replace("{table}", table);
    }

    public String releaseOf(String table) {
        return release.replace("{table}", table);
    }
}
