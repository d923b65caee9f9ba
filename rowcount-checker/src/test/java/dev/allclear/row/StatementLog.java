package dev.allclear.row;

import dev.allclear.testkit.PostgresExtension;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Every statement that the server received from a role, by the server's own log ({@code log_statement = all}). */
final class StatementLog {
    static final String ROLE = "probe";

    private static final Pattern ENTRY =
            Pattern.compile("^\\d{4}-\\d\\d-\\d\\d [0-9:.]+ \\S+ \\[\\d+\\] (\\w+):  (.*)", Pattern.DOTALL);
    private static final Pattern STATEMENT = Pattern.compile("^(?:statement|execute [^:]{0,40}): (.*)", Pattern.DOTALL);

    private final Statement reader;
    private final Statement marking;
    private long offset;

    StatementLog(PostgresExtension postgres) throws SQLException {
        postgres.execute(
                "drop role if exists " + ROLE,
                "create role " + ROLE + " superuser login",
                "alter role " + ROLE + " set log_statement = 'all'",
                "alter role " + ROLE + " set log_parameter_max_length = 0",
                "alter role " + ROLE + " set log_parameter_max_length_on_error = 0");
        this.reader = postgres.connection().createStatement();
        this.marking = postgres.connectionAs(ROLE, "marker").createStatement();
    }

    /** What came since the last call, comments and white space as sent. */
    List<String> taken() throws SQLException {
        String marker = "select 'marker " + System.nanoTime() + "'";
        marking.execute(marker);
        List<String> lines = new ArrayList<>();
        Awaitility.await().until(() -> {
            lines.addAll(moreLines());
            return lines.stream().anyMatch(line -> line.contains(marker));
        });
        List<String> statements = statements(lines);
        statements.removeIf(sql -> sql.contains("select 'marker ")
                || sql.startsWith("SET extra_float_digits")
                || sql.startsWith("SET application_name"));
        return statements;
    }

    /** Whole lines only; the collector writes in pieces. */
    private List<String> moreLines() throws SQLException {
        try (ResultSet found = reader.executeQuery(
                "select pg_read_binary_file(pg_current_logfile(), " + offset + ", 1000000000, true)")) {
            found.next();
            String text = new String(found.getBytes(1), StandardCharsets.ISO_8859_1);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            offset += whole.length();
            return List.of(new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).split("\n"));
        }
    }

    private static List<String> statements(List<String> lines) {
        List<String> entries = new ArrayList<>();
        for (String line : lines) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.find()) {
                entries.add(entry.group(1).equals("LOG") ? entry.group(2) : "");
            } else if (!entries.isEmpty()) {
                entries.set(entries.size() - 1, entries.get(entries.size() - 1) + "\n" + line.replaceFirst("^\t", ""));
            }
        }
        List<String> statements = new ArrayList<>();
        entries.forEach(entry -> {
            Matcher statement = STATEMENT.matcher(entry);
            if (statement.find()) {
                statements.add(statement.group(1));
            }
        });
        return statements;
    }
}
