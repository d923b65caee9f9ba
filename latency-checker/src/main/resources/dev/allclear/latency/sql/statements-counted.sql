-- What have these statements cost so far? Reads statistics: no lock on any table. $1: fingerprints, $2: ids; {view} is the view.
select *
  from (select s.userid || '/' || s.queryid as id,
               md5({bare:s.query}) as fingerprint,
               s.calls,
               s.total_exec_time as millis,
               s.calls * (s.stddev_exec_time ^ 2 + s.mean_exec_time ^ 2) as squares,
               s.shared_blks_hit + s.shared_blks_read as blocks,
               coalesce(to_jsonb(s) ->> 'stats_since', '') as since
          from {view} s
         where s.dbid = (select oid from pg_database where datname = current_database())
           and s.toplevel
           and s.queryid is not null
           and s.userid <> current_user::regrole) counted
 where fingerprint = any ($1::text[])
    or id = any ($2::text[])
