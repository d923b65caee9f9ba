package dev.allclear.postgres;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.Excerpt;
import dev.allclear.postgres.DatabaseFailure.Kind;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Optional;

/** What the PG client reports, in the words that a checker and its reader need. SQLSTATEs: PostgreSQL documentation, Appendix A. */
final class Failures {
    private Failures() {}

    static DatabaseFailure onConnect(DatabaseName database, Throwable cause) {
        if (cause instanceof PgException server) {
            String hint = hasClass(server, "28") ? " (check user and password)" : "";
            return new DatabaseFailure(
                    Kind.UNREACHABLE,
                    Optional.ofNullable(server.getSqlState()),
                    "database " + database + " refused the connection" + hint + ": " + message(server));
        }
        return new DatabaseFailure(
                Kind.UNREACHABLE,
                Optional.empty(),
                "database " + database + " cannot be reached: " + Excerpt.of(String.valueOf(cause.getMessage()), 200));
    }

    static DatabaseFailure onStatement(DatabaseName database, Throwable cause) {
        if (cause instanceof DatabaseFailure failure) {
            return failure;
        }
        if (!(cause instanceof PgException server)) {
            return cause instanceof io.vertx.core.VertxException || cause instanceof java.io.IOException
                    ? lost(database)
                    : new DatabaseFailure(
                            Kind.STATEMENT_REFUSED,
                            Optional.empty(),
                            "database " + database + ": " + Excerpt.of(String.valueOf(cause.getMessage()), 200));
        }
        String text = "database " + database + ": " + message(server);
        Optional<String> state = Optional.ofNullable(server.getSqlState());
        if (hasClass(server, "08") || hasClass(server, "57P") || hasClass(server, "53300")) {
            return new DatabaseFailure(Kind.UNREACHABLE, state, text);
        }
        return switch (state.orElse("")) {
            case "42501" -> new DatabaseFailure(Kind.INSUFFICIENT_PRIVILEGE, state, text);
            case "57014", "55P03" -> new DatabaseFailure(Kind.TIMED_OUT, state, text);
            default -> new DatabaseFailure(Kind.STATEMENT_REFUSED, state, text);
        };
    }

    static DatabaseFailure timedOut(DatabaseName database, Duration limit) {
        return new DatabaseFailure(
                Kind.TIMED_OUT,
                Optional.empty(),
                "database " + database + " did not answer a statement within " + Durations.format(limit));
    }

    static DatabaseFailure standby(DatabaseName database) {
        return new DatabaseFailure(
                Kind.UNREACHABLE,
                Optional.empty(),
                "database " + database
                        + " is a standby: it has what the migration did some time later, and none of its sessions, locks and statistics; name the primary");
    }

    static DatabaseFailure lost(DatabaseName database) {
        return new DatabaseFailure(
                Kind.UNREACHABLE, Optional.empty(), "the connection to database " + database + " was lost");
    }

    static DatabaseFailure exhausted(DatabaseName database, Duration budget) {
        return new DatabaseFailure(
                Kind.BUDGET_EXHAUSTED,
                Optional.empty(),
                "database " + database + ": the check's database time of " + Durations.format(budget) + " is used up");
    }

    private static boolean hasClass(PgException server, String prefix) {
        return server.getSqlState() != null && server.getSqlState().startsWith(prefix);
    }

    /** Message and SQLSTATE only: detail and context may hold row values. */
    private static String message(PgException server) {
        return Excerpt.of(String.valueOf(server.getErrorMessage()), 200) + " (SQLSTATE " + server.getSqlState() + ")";
    }
}
