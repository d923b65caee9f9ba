-- Which indexes are being built right now? Reads a statistics view; takes no lock.
select p.index_relid::text as oid
from pg_catalog.pg_stat_progress_create_index p
where p.datname = current_database() and p.index_relid <> 0
