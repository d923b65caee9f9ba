-- Which top-level SELECTs of other roles cost most time or are called most, and what did they cost? Reads statistics: no lock on
-- any table. $1: these texts in any case; $2: how many others. {view} is the view. Texts that differ in layout and comments are one.
with asked as (
    select text, ordinality, md5({bare:text}) as fingerprint
      from unnest($1::text[]) with ordinality as given (text, ordinality)
), seen as (
    select s.userid || '/' || s.queryid as id,
           {bare:s.query} as text,
           s.calls,
           s.total_exec_time as millis,
           s.calls * (s.stddev_exec_time ^ 2 + s.mean_exec_time ^ 2) as squares,
           s.shared_blks_hit + s.shared_blks_read as blocks,
           coalesce(to_jsonb(s) ->> 'stats_since', '') as since
      from {view} s
     where s.dbid = (select oid from pg_database where datname = current_database())
       and s.toplevel
       and s.queryid is not null
       and s.userid <> current_user::regrole
), named as (
    select md5(text) as fingerprint, seen.* from seen where text ~* '^[\s(]*(select|with|values|table)\M'
), ranked as (
    select fingerprint,
           rank() over (order by sum(millis) desc) as by_time,
           rank() over (order by sum(calls) desc) as by_calls
      from named
     where text !~* '\m(pg_|information_schema)'
       -- what migration tools ask is the migration's, not the application's
       and text !~* ('\m(flyway_schema_history|schema_version|databasechangelog(lock)?|alembic_version|django_migrations'
                     || '|schema_migrations|ar_internal_metadata|goose_db_version|_prisma_migrations|atlas_schema_revisions'
                     || '|knex_migrations(_lock)?|__efmigrationshistory|pgmigrations|_sqlx_migrations|__drizzle_migrations'
                     || '|sequelizemeta|gorp_migrations|typeorm_metadata)\M')
     group by fingerprint
), chosen as (
    select fingerprint, least(by_time, by_calls) as place, by_time
      from ranked
     order by 2, 3, 1
     limit $2
)
select n.id, n.fingerprint, left(n.text, 8000) as text, length(n.text) > 8000 as is_cut,
       n.calls, n.millis, n.squares, n.blocks, n.since, coalesce(a.ordinality, 0) as asked
  from named n
  left join asked a using (fingerprint)
  left join chosen c using (fingerprint)
 where a.fingerprint is not null or c.fingerprint is not null
 order by c.place, c.by_time, n.fingerprint, n.id
