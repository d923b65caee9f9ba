package dev.allclear.status.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoppedAtTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            knex            | migration file "20260103_invoices.js" failed                                     | 20260103_invoices.js
            typeorm         | Migration "Invoices1767430800000" failed, error: null value                     | Invoices1767430800000
            prisma          | Migration name: 20260103_invoices                                               | 20260103_invoices
            prisma in wasm  | ~          with migration_name="20260103_invoices"                              | 20260103_invoices
            goose           | goose run: ERROR 00003_invoices.sql: failed to run SQL migration: x             | 00003_invoices.sql
            atlas           | Error: executing statement "x" from version "20260103": pq: y                   | 20260103
            sqlx            | error: while executing migration 3: error returned                              | 3
            sql-migrate     | Migration failed: pq: null value handling 3_invoices.sql                        | 3_invoices.sql
            sqitch          | ~  + invoices .. not ok                                                         | invoices
            liquibase       | Reason: liquibase.exception.MigrationFailedException: Migration failed for changeset log.sql::3::ann: | log.sql::3::ann
            flyway          | ERROR: Migration of schema "public" to version "3 - invoices" failed! Changes rolled back | 3
            alembic         | INFO  [alembic.runtime.migration] Running upgrade 1a -> 3c, invoices            | 3c
            django          | ~  Applying shop.0003_invoices...Traceback (most recent call last):             | shop.0003_invoices
            dbmate          | Applying: 20260103_invoices.sql                                                 | 20260103_invoices.sql
            efcore          | Applying migration '20260103_Invoices'.                                         | 20260103_Invoices
            node-pg-migrate | ### MIGRATION 1767430800000_invoices (UP) ###                                   | 1767430800000_invoices
            rails           | == 20260103 Invoices: migrating ======                                          | 20260103
            sequelize       | == 20260103-invoices: migrating ======                                          | 20260103-invoices
            """)
    void readsTheToolsOwnWords(String tool, String line, String version) {
        assertThat(StoppedAt.of("begun\n" + line.replace("~", "") + "\nmore"))
                .as(tool)
                .contains(version);
    }

    @Test
    void takesTheLastBeginning() {
        assertThat(StoppedAt.of("Applying: 1_a.sql\nApplied: 1_a.sql in 2ms\nApplying: 2_b.sql\nError: pq: x"))
                .contains("2_b.sql");
    }

    @Test
    void prefersWhatIsSaidToHaveFailed() {
        assertThat(StoppedAt.of("Applying: 1_a.sql\nScript 2_b.sql failed\nApplying: 3_c.sql"))
                .contains("2_b.sql");
    }

    @Test
    void doesNotGuess() {
        assertThat(StoppedAt.of("error: migration failed in line 0\nexit 1")).isEmpty();
    }
}
