package dev.allclear.lock;

import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The statements: a glance at the sessions alone, for most looks; the lock table with those who hold and wait; and a last look at
 * everything that is left. None takes a lock on a user table: they read shared memory through {@code pg_locks} and {@code
 * pg_stat_activity}, and names from the catalog. OIDs are only compared within this database, since databases cloned from a
 * template share them. Our own sessions are left out, and of the locks of readers all but a few of each session: a dump of
 * thousands of tables must not hide what else is held. A prepared transaction has no process; its locks are found through the lock on its own
 * transaction id, since its {@code virtualtransaction} is {@code -1/xid} up to PostgreSQL 16 and its former session's from 17 on.
 */
final class LockSql {
    // A look's time is that of its beginning: what a session did later, it may or may not have seen.

    /** Needs {@code $1}: process ids whose sessions are wanted even if they hold nothing any more. */
    static final String SAMPLE = statement(
            "-- Who holds, or waits for, a lock that blocks ordinary writes? Takes ACCESS SHARE on system catalogs only.",
            """
            l.locktype = 'relation' and l.database in (0, me.db)
                and (not l.granted or l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))
              or l.locktype in ('transactionid', 'tuple') and not l.granted""",
            "true",
            "or s.pid = any($1::int4[])");

    /**
     * Needs {@code $1}: the moment of completion; ordinary locks of what began later are left out. In a procedure that commits by
     * itself, the transaction is younger than the statement.
     */
    static final String LEFT = statement(
            "-- What do sessions hold or wait for whose work began before $1? Takes ACCESS SHARE on system catalogs only.",
            """
            l.locktype in ('relation', 'advisory') and l.database in (0, me.db)
              or l.locktype in ('transactionid', 'tuple') and not l.granted""",
            "(s.xact_start is null or least(s.xact_start, s.query_start) <= $1::timestamptz or not l.granted or l.locktype = 'advisory')",
            "or s.state <> 'idle' and s.xact_start is not null and least(s.xact_start, s.query_start) <= $1::timestamptz");

    /**
     * Reads no lock and no catalog but one, so it stays cheap however many locks there are. A transaction younger than 50 ms is left
     * to the next glance: most end by themselves.
     */
    private static final String GLANCE = """
            -- Who waits for a lock, whose transaction did something since $2, and what became of the processes $1? Takes ACCESS SHARE on system catalogs only.
            select statement_timestamp() as at,
                   extract(epoch from clock_timestamp() - statement_timestamp())::float8 as took, seen.*
            from (select 1) one left join (
              select a.pid, a.backend_start, a.xact_start, a.query_start,
                     case when a.state = 'idle' then a.state_change end as idle_since,
                     a.wait_event_type = 'Lock' and a.wait_event in ('relation', 'transactionid', 'tuple') as waiting,
                     a.xact_start is not null and greatest(a.query_start, a.state_change) > $2 as changed
              from pg_stat_get_activity(null) a
              where a.datid = $3 and (a.pid = any($1)
                or (a.xact_start < statement_timestamp() - interval '50 ms'
                    and (greatest(a.query_start, a.state_change) > $2
                         or a.wait_event_type = 'Lock' and a.wait_event in ('relation', 'transactionid', 'tuple'))
                    and a.pid <> pg_backend_pid() and a.application_name not like 'allclear/%'))
            ) seen on true""";

    /** Planning takes longer than reading, so what is asked often is prepared once for each connection. */
    static final String PREPARE_SAMPLE = "PREPARE allclear_sample(int4[]) AS " + SAMPLE;

    static final String PREPARE_GLANCE = "PREPARE allclear_glance(int4[], timestamptz, oid) AS " + GLANCE;

    static final String FACTS = """
            -- Whose eyes do we see with, and what time is it there? Takes ACCESS SHARE on system catalogs only.
            select clock_timestamp() as at, current_user::text as role, current_database()::text as database,
                   (select oid::int8 from pg_database where datname = current_database()) as oid,
                   pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees_all
            """;

    static final String PREPARED = """
            -- Which prepared transactions exist in this database? Takes ACCESS SHARE on system catalogs only.
            select gid::text, owner::text, prepared from pg_prepared_xacts where database = current_database() order by prepared desc limit %d
            """.formatted(LockSql.MOST_ROWS);

    /** A statement that brings so many rows may have left out others. */
    static final int MOST_ROWS = 5_000;

    private LockSql() {}

    /** For a connection on which {@link #PREPARE_SAMPLE} has run; {@code SAMPLE} itself for one that pools transactions. */
    static String sample(Collection<Integer> pids, boolean prepared) {
        String list = "'{" + pids.stream().map(String::valueOf).collect(Collectors.joining(",")) + "}'";
        return prepared ? "EXECUTE allclear_sample(" + list + ")" : SAMPLE.replace("$1", list);
    }

    static String glance(Collection<Integer> pids, Instant read, long database, boolean prepared) {
        String list = "'{" + pids.stream().map(String::valueOf).collect(Collectors.joining(",")) + "}'";
        return prepared
                ? "EXECUTE allclear_glance(" + list + ", '" + read + "', " + database + ")"
                : GLANCE.replace("$1", list + "::int4[]")
                        .replace("$2", "'" + read + "'::timestamptz")
                        .replace("$3", database + "::oid");
    }

    private static String statement(String question, String wanted, String which, String more) {
        return question + """

                with me as materialized (
                  select (select oid from pg_database where datname = current_database()) as db,
                         (select oid from pg_roles where rolname = current_user) as role
                ), sessions as materialized (
                  select a.* from pg_stat_get_activity(null) a, me
                  where a.datid = me.db and a.pid <> pg_backend_pid()
                    and not (a.application_name like 'allclear/%%' and a.usesysid = me.role)
                ), locks as materialized (
                  select l.* from pg_locks l, me where %s
                    or l.locktype = 'transactionid' and l.pid is null
                ), waiting as materialized (
                  select s.pid, pg_blocking_pids(s.pid) as blockers
                  from sessions s where s.pid in (select pid from locks where not granted)
                ), named as materialized (
                  select r.oid, c.relpersistence <> 't' as shared, i.indexrelid is not null as on_index,
                         (select format('%%I.%%I', n.nspname, t.relname)
                          from pg_class t join pg_namespace n on n.oid = t.relnamespace
                          where t.oid = case when b.relispartition then coalesce(pg_partition_root(b.oid), b.oid) else b.oid end) as relation
                  from (select distinct relation as oid from locks where relation is not null) r
                  join pg_class c on c.oid = r.oid
                  left join pg_index i on i.indexrelid = c.oid
                  join pg_class o on o.oid = coalesce(i.indrelid, c.oid)
                  join pg_class b on b.oid = case when o.relkind = 't' and o.relname ~ '^pg_toast_[0-9]+$'
                                                  then substr(o.relname, 10)::oid else o.oid end
                ), seen as (
                  select s.pid, s.backend_start, s.application_name, pg_get_userbyid(s.usesysid)::text as usename,
                         case when s.query ~* '^\\s*vacuum\\M' and s.query !~* '\\mfull\\M' then 'vacuum' else s.backend_type end as backend_type, s.state,
                         s.xact_start, s.query_start, s.state_change, w.blockers,
                         l.locktype, l.relation as oid, l.mode, l.granted, l.waitstart,
                         l.classid::int8 as high, l.objid::int8 as low, l.objsubid
                  from sessions s
                  left join locks l on l.pid = s.pid and %s
                  left join waiting w on w.pid = s.pid
                  where l.pid is not null or s.pid in (select unnest(blockers) from waiting) %s
                  union all
                  select 0, p.prepared, p.gid, p.owner::text, 'prepared transaction', 'prepared',
                         p.prepared, null, null, null,
                         l.locktype, l.relation, l.mode, l.granted, null, null, null, null
                  from locks l
                  join locks x on x.pid is null and x.locktype = 'transactionid' and x.virtualtransaction = l.virtualtransaction
                  join pg_prepared_xacts p on p.transaction = x.transactionid
                  where l.pid is null and l.locktype <> 'transactionid' and p.database = current_database()
                )
                select statement_timestamp() as at, extract(epoch from clock_timestamp() - statement_timestamp())::float8 as took, seen.pid, seen.backend_start, seen.application_name, seen.usename,
                       seen.backend_type, seen.state, seen.xact_start, seen.query_start, seen.state_change, seen.blockers,
                       seen.locktype, named.relation, named.on_index, seen.mode, seen.granted, seen.waitstart, seen.high, seen.low, seen.objsubid
                from (select 1) one
                left join (select seen.*, row_number() over (partition by seen.pid, seen.backend_start, seen.mode) as nth from seen) seen
                  on seen.nth <= 20 or not seen.granted or seen.mode not in ('AccessShareLock', 'RowShareLock')
                left join named on named.oid = seen.oid and named.shared
                order by seen.granted, seen.mode in ('AccessShareLock', 'RowShareLock'), seen.mode
                limit %d
                """.formatted(wanted, which, more, MOST_ROWS);
    }
}
