package dev.allclear.cli.doctor;

import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Database;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.SqlText;
import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Can a database be reached, and may its role see what the checks need? Reads catalogs, in the polite way of every check. */
public final class DatabaseProbe {
    private static final RunId NO_RUN = new RunId("doctor");
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);
    private static final long OLDEST = 140_000;
    private static final long NEWEST = 190_000;
    private static final long LIMIT_SECONDS = 15;
    private static final int MOST_NAMED = 5;

    private final Database database;
    private final Clock clock;
    private final String subject;
    private final List<Line> lines = new ArrayList<>();

    public DatabaseProbe(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.subject = subject(database.name());
    }

    public static String subject(DatabaseName name) {
        return "database " + name;
    }

    /** Blocks, within the limits of every statement. */
    public List<Line> ask() {
        try {
            return database.visit(CheckName.STATUS, NO_RUN)
                    .read(this::questions)
                    .map(done -> List.copyOf(lines))
                    .await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            return broken("gave no answer within " + LIMIT_SECONDS + " s");
        } catch (DatabaseFailure failure) {
            return broken(String.valueOf(failure.getMessage()));
        }
    }

    /** What was learned before it broke off stays said. */
    private List<Line> broken(String why) {
        List<Line> all = new ArrayList<>(lines);
        all.add(Line.missing(
                subject,
                why,
                "check databases." + database.name() + ".uri and .password, pg_hba.conf and the network"));
        return all;
    }

    private Future<Void> questions(Statements tx) {
        Instant asked = clock.instant();
        return tx.query(DoctorSql.SERVER)
                .compose(rows -> {
                    server(rows.get(0), asked);
                    return tx.query(DoctorSql.TABLES);
                })
                .compose(rows -> {
                    tables(rows.get(0));
                    return tx.query(DoctorSql.STATEMENTS);
                })
                .compose(rows -> statements(tx, rows));
    }

    private void server(ResultRow row, Instant asked) {
        Instant heard = clock.instant();
        Duration turn = Duration.between(asked, heard);
        String version = "PostgreSQL " + row.text("version") + " answers in " + turn.toMillis() + " ms";
        long number = row.number("number");
        lines.add(
                number < OLDEST || number >= NEWEST
                        ? Line.warn(subject, version + "; versions 14 to 18 were tried")
                        : Line.ok(subject, version));
        String role = row.text("role");
        lines.add(
                row.flag("sees_all")
                        ? Line.ok(subject, "role " + role + " sees all sessions (pg_monitor)")
                        : Line.missing(
                                subject,
                                "role " + role
                                        + " is no member of pg_monitor: what other sessions do and hold stays hidden",
                                "GRANT pg_monitor TO " + SqlText.identifier(role) + ";"));
        if (row.flag("superuser")) {
            lines.add(Line.warn(
                    subject,
                    "role " + role + " is a superuser: pg_monitor and SELECT are enough",
                    "CREATE ROLE allclear LOGIN; GRANT pg_monitor TO allclear;"));
        }
        Duration apart = Duration.between(asked.plus(turn.dividedBy(2)), row.instant("clock"));
        String words = String.format("%.1f s", apart.toMillis() / 1000.0);
        lines.add(
                apart.abs().compareTo(CLOCKS_APART) > 0
                        ? Line.warn(subject, "its clock and ours are " + words + " apart", "synchronise both (NTP)")
                        : Line.ok(subject, "its clock and ours are " + words + " apart"));
    }

    private void tables(ResultRow row) {
        long all = row.number("tables");
        List<String> hidden = row.texts("hidden");
        List<String> remedies = new ArrayList<>();
        row.texts("schemas").forEach(remedies::add);
        if (all == 0) {
            lines.add(Line.warn(subject, "has no table: is it the right database?"));
        } else if (hidden.isEmpty()) {
            lines.add(Line.ok(subject, "SELECT on " + all + (all == 1 ? " table" : " tables")));
        } else {
            String message = row.number("unreadable") + " of " + all + " tables cannot be read: "
                    + String.join(", ", hidden.subList(0, Math.min(MOST_NAMED, hidden.size())))
                    + (row.number("unreadable") > MOST_NAMED ? ", …" : "");
            lines.add(new Line(
                    row.number("unreadable") == all ? Line.State.MISSING : Line.State.WARN,
                    subject,
                    message,
                    remedies));
        }
        if (row.number("by_policy") > 0) {
            lines.add(Line.warn(
                    subject,
                    row.number("by_policy")
                            + " tables hide rows from this role (row security): counting them is unproven",
                    row.text("bypass")));
        }
    }

    private Future<Void> statements(Statements tx, List<ResultRow> found) {
        if (found.isEmpty()) {
            lines.add(Line.warn(
                    subject,
                    "pg_stat_statements is not installed: the most used statements cannot be chosen",
                    "CREATE EXTENSION pg_stat_statements;  -- with shared_preload_libraries = 'pg_stat_statements'"));
            return Future.succeededFuture();
        }
        String view = SqlText.identifier(found.get(0).text("schema")) + ".pg_stat_statements";
        return tx.query(DoctorSql.SAMPLE.formatted(view)).transform(done -> {
            lines.add(
                    done.succeeded()
                            ? Line.ok(subject, "pg_stat_statements can be read")
                            : Line.warn(
                                    subject,
                                    "pg_stat_statements is installed and cannot be read: "
                                            + done.cause().getMessage(),
                                    "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements';  -- then restart"));
            return Future.succeededFuture();
        });
    }
}
