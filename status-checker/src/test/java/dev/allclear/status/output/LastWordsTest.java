package dev.allclear.status.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LastWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "psycopg2.errors.NotNullViolation: null value in column \"order_id\" violates not-null constraint",
                "error: null value in column \"order_id\" of relation \"invoices\" violates not-null constraint",
                "Error: pq: null value in column \"order_id\" of relation \"invoices\"",
                "ActiveRecord::NotNullViolation: PG::NotNullViolation: null value in column",
                "Npgsql.PostgresException (0x80004005): 42703: column \"missing_column\" does not exist",
                "SQLSTATE[42P01]: Undefined table: 7 relation \"invoices\" does not exist"
            })
    void readsWhatDriversSay(String line) {
        String output =
                "applying 1 of 3\nTraceback (most recent call last):\n  File \"/app/errors.py\", line 3, in error\n"
                        + line + "\nDETAIL:  Failing row contains (2, secret).\n    at Error.captureStackTrace";

        assertThat(LastWords.of(output)).contains(line);
    }

    @Test
    void saysNothing_whenTheOutputSaysNothing() {
        assertThat(LastWords.of("[⣷] applying migrations...\n0 errors, 2 warnings\n  at handleError (x.js:1:2)"))
                .isEmpty();
    }

    @Test
    void keepsSecretsToItself() {
        assertThat(LastWords.of("Error: connect to postgres://bob:hunter2@db/shop refused"))
                .get()
                .asString()
                .doesNotContain("hunter2");
    }
}
