-- What time is it there, and may we see the sessions of others? Takes no lock.
select clock_timestamp() as clock,
       pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') as sees_sessions,
       pg_catalog.format('GRANT pg_monitor TO %I;', current_user) as remedy
