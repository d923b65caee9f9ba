package dev.allclear.acceptance.locks;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** What a migration can leave behind, or do on its way, each made with real sessions; and whether the check says so. */
enum Leftover {
    /** DDL without a commit, on a table or on a partition of one. */
    DDL_NOT_COMMITTED("locks.held-after-completion", Severity.ERROR) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            String[] ddl = {
                "alter table " + lane.table() + " add column c int",
                "create index on " + lane.table() + " (total)",
                "lock table " + lane.table() + " in share row exclusive mode",
                "lock table " + lane.partitioned() + "_old in access exclusive mode",
                "truncate " + lane.table(),
            };
            try (Connection left = lane.migration(ddl[lane.random().nextInt(ddl.length)])) {
                Traffic.pause(lane.random().nextInt(500));
                CheckReport report = run.end(lane.random().nextBoolean() ? new String[0] : new String[] {lane.tool()});
                left.rollback();
                return report;
            }
        }
    },
    /** A backfill without a commit. */
    ROWS_NOT_COMMITTED("locks.idle-in-transaction", Severity.ERROR) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            try (Connection left = lane.migration("update " + lane.table() + " set total = 0 where id = 1")) {
                CheckReport report = run.end(lane.tool());
                left.rollback();
                return report;
            }
        }
    },
    /** A new table without a commit: nobody else can see it. */
    NEW_TABLE_NOT_COMMITTED("locks.idle-in-transaction", Severity.ERROR) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            try (Connection left = lane.migration("create table new_" + lane.number() + " (id int)")) {
                CheckReport report = run.end(lane.tool());
                left.rollback();
                return report;
            }
        }
    },
    /** A transaction that was prepared and forgotten. */
    PREPARED_TRANSACTION("locks.prepared-transaction", Severity.ERROR) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            String gid = "left-" + run.id;
            String work = lane.random().nextBoolean()
                    ? "alter table " + lane.table() + " add column c int"
                    : "update " + lane.table() + " set total = 0 where id = 1";
            try (Connection left = lane.migration(work, "prepare transaction '" + gid + "'")) {
                return run.end();
            } finally {
                lane.shop().execute("rollback prepared '" + gid + "'");
            }
        }
    },
    /** The advisory lock by which a tool keeps others out. */
    TOOLS_ADVISORY_LOCK("locks.advisory-lock-left", Severity.ERROR) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            long[] keys = {4097083626L, 72707369L, 75474063L, 7241865325823964L, 0x466C_7977_6179L + lane.number()};
            int last = keys.length - 1;
            long key = keys[lane.random().nextBoolean() ? last : lane.number() % last];
            try (Connection left = lane.shop().open(lane.tool())) {
                Shop.run(left, "select pg_advisory_lock(" + key + ")");
                return run.end();
            }
        }
    },
    /** The tool was killed while its DDL waited behind a report. */
    DDL_WAITING("locks.ddl-waiting", Severity.ERROR) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            try (Connection report = lane.shop().begin("report", "select count(*) from " + lane.table())) {
                Connection left = lane.migration();
                Lane.inBackground(left, "alter table " + lane.table() + " add column c int");
                Traffic.pause(100 + lane.random().nextInt(400));
                CheckReport said = run.end();
                left.abort(Runnable::run);
                report.rollback();
                return said;
            }
        }
    },
    /** The tool was killed; its backend knows nothing of it and goes on. */
    KILLED_CLIENT("locks.held-after-completion", Severity.ERROR) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            Connection left = lane.migration("select 1");
            Lane.inBackground(
                    left, "do $$ begin alter table " + lane.table() + " add column c int; perform pg_sleep(4); end $$");
            Traffic.pause(200 + lane.random().nextInt(400));
            Executor here = Runnable::run;
            left.abort(here);
            return run.end();
        }
    },
    /** Everything was released, but far too late. */
    HELD_TOO_LONG("locks.held-too-long", Severity.WARNING) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            String seconds = Double.toString(2.3 + lane.random().nextDouble());
            try (Connection slow = lane.migration(
                    "alter table " + lane.table() + " add column c int", "select pg_sleep(" + seconds + ")")) {
                slow.rollback();
            }
            return run.end();
        }
    },
    /** Many waited, none for long. */
    SESSIONS_BLOCKED("locks.sessions-blocked", Severity.WARNING) {
        @Override
        CheckReport happen(Lane lane, Run run) throws SQLException {
            List<Connection> readers = new ArrayList<>();
            try (Connection slow = lane.migration("lock table " + lane.table() + " in access exclusive mode")) {
                for (int i = 0; i < 6; i++) {
                    Connection reader = lane.shop().open("shop");
                    readers.add(reader);
                    Lane.inBackground(reader, "select count(*) from " + lane.table());
                }
                Shop.run(slow, "select pg_sleep(1.5)");
                slow.rollback();
            }
            return run.end();
        }
    };

    private final String code;
    private final Severity severity;

    Leftover(String code, Severity severity) {
        this.code = code;
        this.severity = severity;
    }

    /** Lets it happen in a run that has begun, and ends that run. */
    abstract CheckReport happen(Lane lane, Run run) throws SQLException;

    /** Whether the report says it of this lane: with the code, at least as severe, naming its table, session or transaction. */
    boolean isSaidIn(CheckReport report, Lane lane, Run run) {
        return report.findings().stream().anyMatch(finding -> isOf(finding, lane, run));
    }

    private boolean isOf(Finding finding, Lane lane, Run run) {
        String text = finding.message() + finding.subject();
        boolean named = text.contains(lane.table())
                || text.contains(lane.partitioned())
                || text.contains("\"" + lane.tool() + "\"")
                || text.contains(run.id.toString());
        return finding.code().value().equals(code) && finding.severity().compareTo(severity) <= 0 && named;
    }
}
