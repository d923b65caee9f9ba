-- How many rows have ever been written, by the tables that are not migration tools' own? Reads the statistics only; takes no lock.
select coalesce(sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del), 0)::int8 as rows
from pg_catalog.pg_stat_user_tables s
where s.schemaname || '.' || s.relname <> all ($1::text[])
