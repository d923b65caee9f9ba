package dev.allclear.status.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MaskingTest {

    @Test
    void keepsNamesAndLosesValues_ofAStatementThatAToolWroteDown() {
        String recorded = """
                3 of 7 statements applied; stopped at: INSERT INTO users (name, note)
                VALUES ('hush', E'it''s
                hush'), ("Default", 'hush') — pq: null value in column "email" of relation "users"
                DETAIL:  Failing row contains (1, hush,
                hush, null).
                HINT:  don't""";

        assertThat(Masking.recorded(recorded))
                .noneMatch(line -> line.contains("hush"))
                .anyMatch(line -> line.contains("INSERT INTO users (name, note)"))
                .anyMatch(line -> line.contains("null value in column \"email\" of relation \"users\""))
                .contains("HINT:  don't");
    }

    @Test
    void keepsAFilesNameInQuotes() {
        assertThat(Masking.of("ERROR: cannot run '0002_total.sql', column \"total\" exists"))
                .isEqualTo("ERROR: cannot run '0002_total.sql', column \"total\" exists");
    }
}
