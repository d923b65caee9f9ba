-- Which sessions of this migration are still at work? Reads pg_stat_activity; takes no lock.
select a.pid::int8 as pid,
       a.application_name::text as application,
       extract(epoch from clock_timestamp() - a.query_start)::float8 as seconds
from pg_catalog.pg_stat_activity a
where a.datname = current_database() and a.pid <> pg_catalog.pg_backend_pid() and a.backend_type = 'client backend'
  and a.state in ('active', 'fastpath function call')
  and (a.application_name = any ($1::text[]) or a.pid = any ($2::int4[])
       or ($4::bool and a.application_name not like 'allclear/%'))
  and ($3::text = '' or a.usename::text = $3::text)
order by 1
