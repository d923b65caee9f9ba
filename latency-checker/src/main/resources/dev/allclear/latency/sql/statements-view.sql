-- Where is pg_stat_statements, and may this role read other roles' statements? Reads catalogs only: ACCESS SHARE on them.
select format('%I.pg_stat_statements', n.nspname) as view,
       string_to_array(e.extversion, '.')::int[] >= array[1, 9] as is_recent,
       pg_has_role(current_user, 'pg_read_all_stats', 'usage') as may_read
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
 where e.extname = 'pg_stat_statements'
