package dev.allclear.latency;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Outages that others have had: each is found with its cause, and over when the remedy has run. */
class OutagesTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    @EveryPostgres
    void longerVarchar_whichOnlyTouchesTheCatalog_butLosesTheStatistics() {
        postgres.execute(
                "drop table if exists pages, hits",
                "create table pages as select i as id, ('https://example.org/' || i)::varchar(50) as url"
                        + " from generate_series(1, 100000) i",
                "create table hits as select i as id, i % 100000 as page_id from generate_series(1, 300000) i",
                "create index pages_url_idx on pages (url)",
                "create index hits_page_idx on hits (page_id)",
                "vacuum analyze pages",
                "vacuum analyze hits");

        Finding found = failsThenPasses(
                query(
                        "select count(*) from pages p join hits h on h.page_id = p.id where p.url = $1",
                        "[\"https://example.org/77\"]"),
                "latency.plan-regressed",
                "alter table pages alter column url type varchar(300)");

        Assertions.assertThat(found.message()).startsWith("The planner has no statistics on public.pages (url)");
    }

    @Test
    @EveryPostgres
    void newColumnWithoutValuesOrStatistics_whoseIndexIsNotChosen() {
        postgres.execute(
                "drop table if exists builds",
                "create table builds as select i as id, case when i % 2 = 0 then 490 else i % 600 end as job_id,"
                        + " i % 6 as status, repeat('n', 60) as name from generate_series(1, 300000) i",
                "alter table builds add primary key (id)",
                "create index builds_job_idx on builds (job_id, id desc)",
                "vacuum analyze builds");
        String shared = "select max(id) from builds where status not in (1, 2) and job_id = 490";
        String yaml = "latency:\n  top: 0\n  queries:\n    - name: critical\n      sql: \"" + shared
                + "\"\n      sql-after: \"" + shared + " and rerun_of = 249530173\"\n";

        Finding found = failsThenPasses(
                yaml,
                "latency.more-buffers",
                "alter table builds add column rerun_of bigint",
                "create index builds_rerun_idx on builds (rerun_of)");

        Assertions.assertThat(found.message()).startsWith("The planner has no statistics on public.builds (rerun_of)");
    }

    @Test
    @EveryPostgres
    void typeChange_whichMakesAJoinConvertTheOtherTablesKey() {
        postgres.execute(
                "drop table if exists invoices, buyers",
                "create table buyers as select i as id, 'n' || i as name from generate_series(1, 200000) i",
                "alter table buyers add primary key (id)",
                "create table invoices as select i as id, i * 3 as buyer_id from generate_series(1, 50000) i",
                "alter table invoices add primary key (id)",
                "vacuum analyze buyers",
                "vacuum analyze invoices");

        Finding found = failsThenPasses(
                query("select b.name from invoices i join buyers b on b.id = i.buyer_id where i.id = $1", "[42]"),
                "latency.plan-regressed",
                "alter table invoices alter column buyer_id type numeric",
                "vacuum analyze invoices");

        Assertions.assertThat(found.message())
                .startsWith("The index public.buyers_pkey, which it used before, cannot be used since"
                        + " public.buyers.id is now compared as numeric.");
    }

    @Test
    @EveryPostgres
    void swappedTable_whichNobodyHasAnalyzed() {
        postgres.execute(
                "drop table if exists parts, parts_old, uses",
                "create table parts (id int, code text)",
                "insert into parts select i, 'code ' || i from generate_series(1, 100000) i",
                "create index parts_code_idx on parts (code)",
                "create table uses as select i as id, i % 100000 as part_id from generate_series(1, 300000) i",
                "create index uses_part_idx on uses (part_id)",
                "vacuum analyze parts",
                "vacuum analyze uses");

        Finding found = failsThenPasses(
                query("select count(*) from parts p join uses u on u.part_id = p.id where p.code = $1", "[\"code 7\"]"),
                "latency.plan-regressed",
                "create table parts_new (id int, code text) with (autovacuum_enabled = off)",
                "insert into parts_new select * from parts",
                "create index parts_new_code_idx on parts_new (code)",
                "alter table parts rename to parts_old",
                "alter table parts_new rename to parts");

        Assertions.assertThat(found.message()).startsWith("The planner has no statistics on public.parts");
    }

    private static String query(String sql, String parameters) {
        return "latency:\n  top: 0\n  queries:\n    - name: critical\n      sql: \"" + sql + "\"\n      parameters: ["
                + parameters + "]\n";
    }

    /** Judges after the migration, runs the remedy as it is printed, judges again, and returns what was found first. */
    private static Finding failsThenPasses(String yaml, String code, String... migration) {
        LatencyScene scene = new LatencyScene(postgres, yaml);
        Baseline before = scene.before();
        postgres.execute(migration);
        CheckReport failed = scene.after(before);
        assertThat(failed).failed().withFinding(code).withSeverity(Severity.ERROR);
        Finding found = failed.findings().stream()
                .filter(finding ->
                        finding.severity() == Severity.ERROR && finding.remedy().isPresent())
                .findFirst()
                .orElseThrow();
        for (String statement : found.remedy().orElseThrow().split(";")) {
            if (!statement.isBlank()) {
                postgres.execute(statement);
            }
        }

        assertThat(scene.after(before)).passed();
        return found;
    }
}
