package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The status check over real Liquibase, which records no failure and says that an update was successful when it was not. */
final class LiquibaseRunTest {
    private static final String FIRST = """
            --changeset ann:1
            create table orders (id int primary key, total int);
            """;
    private static final String CURRENCY = """
            --changeset ann:2
            alter table orders add currency text;
            """;
    private static final String INDEX = """
            --changeset ann:4
            create index orders_total_idx on orders (total);
            """;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path folder;

    @BeforeEach
    void applyTheFirst() throws Exception {
        liquibase("update", FIRST);
        postgres.execute("insert into orders select i, i from generate_series(1, 30) i");
    }

    @AfterEach
    void emptyTheDatabase() {
        postgres.execute(
                "drop schema public cascade", "create schema public", "grant usage on schema public to public");
    }

    @Test
    void passes_whenEveryChangesetRan() throws Exception {
        CheckReport report = rehearsal().run(() -> liquibase("update", FIRST + CURRENCY + invoices("") + INDEX));

        assertThat(report).passed();
        assertThat(report.summary()).startsWith("liquibase applied 3 of 3 target versions (2, 3, 4)");
        assertThat(report.findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @Test
    void fails_whenTheSecondOfThreeFailed() throws Exception {
        CheckReport report =
                rehearsal().exitCode(1).run(() -> failing("update", FIRST + CURRENCY + broken("") + INDEX));

        assertThat(report).failed().withFinding("status.version-missing").about("log.sql::3::ann");
        assertThat(report).failed().withFinding("status.partially-applied").saying("1 version applied (2)");
    }

    @Test
    void fails_whenTheSecondFailedAndNobodyKeptTheExitCode() throws Exception {
        CheckReport report = rehearsal().run(() -> {
            failing("update", FIRST + CURRENCY + broken("") + INDEX);
            return "";
        });

        assertThat(report).failed().withFinding("status.version-missing").about("log.sql::3::ann");
    }

    @Test
    void fails_whenLiquibaseWentOnAfterAnErrorAndCalledItASuccess() throws Exception {
        CheckReport report =
                rehearsal().run(() -> liquibase("update", FIRST + CURRENCY + broken(" failOnError:false") + INDEX));

        assertThat(report).failed().withFinding("status.version-missing").about("log.sql::3::ann");
    }

    @Test
    void fails_whenAPreconditionMarkedATargetAsRan() throws Exception {
        String marked = """
                --changeset ann:3
                --preconditions onFail:MARK_RAN
                --precondition-sql-check expectedResult:1 select 0
                create table invoices (id int);
                """;

        CheckReport report = rehearsal().run(() -> liquibase("update", FIRST + CURRENCY + marked + INDEX));

        assertThat(report).failed().withFinding("status.recorded-not-executed").saying("3");
    }

    @Test
    void warns_whenTheChangeLogWasOnlySynchronized() throws Exception {
        CheckReport report = rehearsal().run(() -> liquibase("changelogSync", FIRST + CURRENCY + invoices("") + INDEX));

        assertThat(report).passed().withFinding("status.no-visible-effect");
    }

    /** Many number the changesets of every file from one; a new one was left out. */
    @Test
    void isNotProven_whenTheTargetNamesSeveralOldChangesets_andThisRunExecutedNone() throws Exception {
        String second = "--changeset bob:1\ncreate table customers (id int);\n";
        String skipped = """
                --changeset eve:1
                --preconditions onFail:CONTINUE
                --precondition-sql-check expectedResult:1 select 0
                create table invoices (id int);
                """;
        liquibase("update", FIRST + second);

        CheckReport report = new Rehearsal(postgres)
                .tool("liquibase")
                .targets("1", "2")
                .run(() -> liquibase("update", FIRST + second + CURRENCY + skipped));

        assertThat(report)
                .inconclusive()
                .withFinding("status.version-missing")
                .about("1")
                .withSeverity(Severity.UNPROVEN)
                .saying("log.sql::1::ann, log.sql::1::bob", "this run wrote none of them");
    }

    /** The new file's changeset 1 was left out; an old file has one of that id too. */
    @Test
    void isNotProven_whenAnIdAloneNamesAnOldChangeset() throws Exception {
        String skipped = """
                --changeset eve:1
                --preconditions onFail:CONTINUE
                --precondition-sql-check expectedResult:1 select 0
                create table invoices (id int);
                """;

        CheckReport report = new Rehearsal(postgres)
                .tool("liquibase")
                .targets("1", "2")
                .run(() -> liquibase("update", FIRST + CURRENCY + skipped));

        assertThat(report)
                .inconclusive()
                .withFinding("status.version-missing")
                .about("1")
                .withSeverity(Severity.UNPROVEN)
                .saying("log.sql::1::ann", "id alone");
    }

    @Test
    void passes_whenAnOldChangesetIsNamedInFull() throws Exception {
        CheckReport report = new Rehearsal(postgres)
                .tool("liquibase")
                .targets("1::ann", "2")
                .run(() -> liquibase("update", FIRST + CURRENCY));

        assertThat(report).passed();
    }

    @Test
    void passes_whenThisRunExecutedOneOfSeveralChangesetsThatTheTargetNames() throws Exception {
        String second = "--changeset bob:1\ncreate table customers (id int);\n";

        CheckReport report =
                new Rehearsal(postgres).tool("liquibase").targets("1").run(() -> liquibase("update", FIRST + second));

        assertThat(report).passed();
    }

    @Test
    void failsAndNamesTheLock_whenLiquibaseWasKilled() throws Exception {
        String slow = """
                --changeset ann:3
                create table invoices (id int);
                select pg_terminate_backend(pg_backend_pid());
                """;

        CheckReport report = rehearsal().exitCode(137).run(() -> failing("update", FIRST + CURRENCY + slow + INDEX));

        assertThat(report)
                .failed()
                .withFinding("status.tool-lock-held")
                .saying("public.databasechangeloglock", "since")
                .withRemedy("SET locked = false");
    }

    private static Rehearsal rehearsal() {
        return new Rehearsal(postgres)
                .tool("liquibase")
                .targets("log.sql::2::ann", "log.sql::3::ann", "log.sql::4::ann");
    }

    private static String invoices(String attributes) {
        return "--changeset ann:3" + attributes
                + "\ncreate table invoices (id int primary key, order_id int references orders (id));\n";
    }

    private static String broken(String attributes) {
        return invoices(attributes) + "create index invoices_idx on invoices (missing_column);\n";
    }

    private String failing(String command, String changelog) throws Exception {
        try {
            String printed = liquibase(command, changelog);
            throw new AssertionError("Liquibase was to fail and printed " + printed);
        } catch (liquibase.exception.LiquibaseException failed) {
            return "Unexpected error running Liquibase: " + failed.getMessage();
        }
    }

    /** Runs a command of Liquibase on the change log, and returns what it printed. */
    private String liquibase(String command, String changelog) throws Exception {
        Files.writeString(folder.resolve("log.sql"), "--liquibase formatted sql\n" + changelog);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Scope.child(Scope.Attr.resourceAccessor, new DirectoryResourceAccessor(folder), () -> new CommandScope(command)
                .addArgumentValue("changelogFile", "log.sql")
                .addArgumentValue("url", postgres.jdbcUrl())
                .addArgumentValue("username", "postgres")
                .setOutput((OutputStream) printed)
                .execute());
        return printed.toString(StandardCharsets.UTF_8);
    }
}
