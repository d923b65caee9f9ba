package dev.allclear.postgres;

import java.util.Optional;

/** A statement or connection did not give an answer. Expected: it becomes an UNPROVEN finding, not a crash. */
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, as far as a checker cares. */
    public enum Kind {
        /** No connection, or it was lost. */
        UNREACHABLE("database-unreachable"),
        INSUFFICIENT_PRIVILEGE("insufficient-privilege"),
        /** The statement ran into its time limit, on the server or on the client, or waited too long for a lock. */
        TIMED_OUT("timed-out"),
        BUDGET_EXHAUSTED("budget-exhausted"),
        /** The server refused the statement for another reason. */
        STATEMENT_REFUSED("statement-refused");

        private final String codeSuffix;

        Kind(String codeSuffix) {
            this.codeSuffix = codeSuffix;
        }

        /** The second part of the finding code, as in {@code rows.timed-out}. */
        public String codeSuffix() {
            return codeSuffix;
        }
    }

    private final Kind kind;
    private final Optional<String> sqlState;

    public DatabaseFailure(Kind kind, Optional<String> sqlState, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.sqlState = sqlState;
    }

    public Kind kind() {
        return kind;
    }

    /** The server's SQLSTATE, where the server said it. */
    public Optional<String> sqlState() {
        return sqlState;
    }

    public boolean isLockTimeout() {
        return sqlState.filter("55P03"::equals).isPresent();
    }
}
