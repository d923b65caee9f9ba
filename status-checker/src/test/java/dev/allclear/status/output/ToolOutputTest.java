package dev.allclear.status.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolOutputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR:  relation \"x\" does not exist",
                "psql:m.sql:12: ERROR:  syntax error",
                "psql: error: FATAL:  password authentication failed",
                "2026-07-01 10:00:00 [main] ERROR: Migration failed",
                "psql:m.sql:12: FEHLER:  Relation »x« existiert nicht"
            })
    void findsErrors(String line) {
        assertThat(ToolOutput.of("CREATE TABLE\n" + line).errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 errors",
                "CREATE TABLE error_log",
                "INSERT 0 1",
                "Successfully applied 2 migrations",
                "ERRORS: none? no"
            })
    void findsNothing_whereNothingWentWrong(String line) {
        ToolOutput output = ToolOutput.of(line);

        assertThat(output.errors()).isEmpty();
        assertThat(output.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "psql:m.sql:1: NOTICE:  relation \"Lines By No\" already exists, skipping",
                "WARNING: DB: relation \"Lines By No\" already exists, skipping (SQL State: 42P07 - Error Code: 0)",
                "HINWEIS:  Relation »x« „Lines By No“ existiert bereits, 42P07"
            })
    void knowsWhatWasSkipped(String line) {
        ToolOutput output = ToolOutput.of(line);

        assertThat(output.skipped()).contains("Lines By No");
        assertThat(output.warnings()).hasSize(1);
    }

    @Test
    void tellsARepeatedLineOnce() {
        assertThat(ToolOutput.of("WARNING: old\nWARNING: old\noption -x is deprecated")
                        .warnings())
                .containsExactly("WARNING: old", "option -x is deprecated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARNING: cannot reach postgresql://me:hush@db:5432/shop",
                "WARNING: jdbc:postgresql://db/shop?user=me&password=hush&ssl=true",
                "WARNING: PGPASSWORD=hush was ignored",
                "WARNING: alter role me password 'hush'",
                "WARNING: Key (email)=(hush) already exists.",
                "WARNING: api_key: \"hush\""
            })
    void repeatsNoSecret(String line) {
        assertThat(ToolOutput.of(line).warnings())
                .singleElement()
                .asString()
                .startsWith("WARNING: ")
                .doesNotContain("hush");
    }

    @Test
    void bounds_aLongLine() {
        assertThat(ToolOutput.of("WARNING: " + "x".repeat(100_000)).warnings().get(0))
                .hasSizeLessThan(300);
    }
}
