package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.FindingPage;
import dev.allclear.testkit.FindingPage.Script;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages under {@code docs/findings} say happens: each page's own scripts on a real server, and the remedy printed for them. */
@EveryPostgres
final class FindingPagesTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final Checker checker = new StatusCheckerModule().create(postgres.parts(Rehearsal.QUICKLY));

    static Stream<FindingPage> pages() {
        return FindingPage.allOf("status");
    }

    static Stream<FindingPage> pagesWithScripts() {
        return pages().filter(page -> !page.needsMoreThanSql());
    }

    @AfterEach
    void emptyTheServer() {
        postgres.execute(
                "drop schema public cascade",
                "create schema public",
                "do $$ declare r text; begin for r in select rolname from pg_roles"
                        + " where rolname in ('app', 'deployer', 'reader') loop"
                        + " execute format('drop owned by %I', r); execute format('drop role %I', r); end loop; end $$");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasBothScripts_orSaysThatMoreThanSqlIsNeeded(FindingPage page) {
        boolean hasBoth = page.scripts().containsKey("bad") && page.scripts().containsKey("good");

        assertThat(hasBoth).isNotEqualTo(page.needsMoreThanSql());
    }

    @ParameterizedTest
    @MethodSource("pagesWithScripts")
    void isFound_afterTheBadScript_untilTheRemedyWasPasted(FindingPage page) throws Exception {
        Rehearsal rehearsal = rehearsal(page, "bad");
        Baseline baseline = rehearsal.before(checker);
        String output = runWithCompany(page, rehearsal);

        CheckReport report = after(rehearsal, output, baseline);

        assertThat(codes(report)).contains(page.code());
        Optional<String> remedy = remedy(report, page.code());
        if (remedy.isPresent()) {
            run(Optional.ofNullable(page.scripts().get("cause")), rehearsal);
            run(Optional.of(new Script("", remedy.get())), rehearsal);
            assertThat(codes(after(rehearsal, "", baseline))).doesNotContain(page.code());
        }
    }

    @ParameterizedTest
    @MethodSource("pagesWithScripts")
    void isNotFound_afterTheGoodScript(FindingPage page) throws Exception {
        Rehearsal rehearsal = rehearsal(page, "good");
        Baseline baseline = rehearsal.before(checker);
        String output = run(Optional.ofNullable(page.scripts().get("good")), rehearsal);

        CheckReport report = after(rehearsal, output, baseline);

        assertThat(codes(report)).doesNotContain(page.code());
        assertThat(report.findings())
                .filteredOn(finding -> !page.code().equals("status.partially-applied"))
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private static Rehearsal rehearsal(FindingPage page, String name) throws SQLException {
        Script script = page.scripts().get(name);
        Rehearsal rehearsal = new Rehearsal(postgres);
        if (!script.options().equals("without --tool")) {
            rehearsal.tool(script.option("--tool").orElse("sql"));
        }
        script.option("--target").ifPresent(rehearsal::targets);
        run(Optional.ofNullable(page.scripts().get("before")), new Rehearsal(postgres));
        return rehearsal;
    }

    private CheckReport after(Rehearsal rehearsal, String output, Baseline baseline) {
        return postgres.await(checker.after(rehearsal.completed(output), Optional.of(baseline), rehearsal.context()));
    }

    /** While another session reads, if the page says so. */
    private static String runWithCompany(FindingPage page, Rehearsal rehearsal) throws SQLException {
        Script meanwhile = page.scripts().get("meanwhile");
        try (Connection other = postgres.connection()) {
            other.setAutoCommit(false);
            if (meanwhile != null) {
                try (Statement statement = other.createStatement()) {
                    for (String sql : meanwhile.statements()) {
                        statement.execute(sql);
                    }
                }
            }
            String output = run(Optional.ofNullable(page.scripts().get("bad")), rehearsal);
            other.rollback();
            return output;
        }
    }

    /** Like psql: prints what the server says and goes on after an error, unless {@code ON_ERROR_STOP} is set. */
    private static String run(Optional<Script> script, Rehearsal rehearsal) throws SQLException {
        List<String> printed = new ArrayList<>();
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : script.map(Script::statements).orElse(List.of())) {
                try {
                    statement.execute(sql);
                } catch (SQLException failed) {
                    printed.add(String.valueOf(failed.getMessage()));
                    if (script.orElseThrow().options().contains("ON_ERROR_STOP=1")) {
                        rehearsal.exitCode(3);
                        break;
                    }
                }
                for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
                    printed.add("NOTICE:  " + said.getMessage());
                }
            }
        }
        return String.join("\n", printed);
    }

    private static Optional<String> remedy(CheckReport report, String code) {
        List<String> remedies = report.findings().stream()
                .filter(finding -> finding.code().value().equals(code))
                .map(Finding::remedy)
                .flatMap(Optional::stream)
                .toList();
        return remedies.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", remedies));
    }

    private static List<String> codes(CheckReport report) {
        return report.findings().stream().map(finding -> finding.code().value()).toList();
    }
}
