-- Who holds an advisory lock in this database, as a migration tool does to keep others out? Reads pg_locks and pg_stat_activity.
select pg_catalog.current_database()::text as database,
       (l.classid::int8 << 32) | l.objid::int8 as key,
       l.pid::int8 as pid,
       coalesce(a.application_name, '')::text as application,
       coalesce(a.state, '')::text as state,
       a.state_change as since
from pg_catalog.pg_locks l
left join pg_catalog.pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.granted and l.objsubid = 1
  and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
order by 2, 3
