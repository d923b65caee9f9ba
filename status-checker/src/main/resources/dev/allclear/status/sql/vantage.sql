-- What time is it there, may we see the sessions of others, and when did the newest of them log in? Takes no lock.
select clock_timestamp() as clock,
       pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') as sees_sessions,
       (select max(a.backend_start) from pg_catalog.pg_stat_activity a
        where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_catalog.pg_backend_pid()
          and a.application_name not like 'allclear/%') as newest_session,
       pg_catalog.format('GRANT pg_monitor TO %I;', current_user) as remedy
