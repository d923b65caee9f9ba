-- Which indexes are being built right now? REINDEX CONCURRENTLY makes all of a table's new ones first and names one at a time, so
-- all unfinished ones of its table count. Reads a statistics view and the catalog; takes no lock on user objects.
select p.index_relid::text as oid
from pg_catalog.pg_stat_progress_create_index p
where p.datname = current_database() and p.index_relid <> 0
union
select i.indexrelid::text
from pg_catalog.pg_stat_progress_create_index p
join pg_catalog.pg_index i on i.indrelid = p.relid and not (i.indisvalid and i.indisready)
where p.datname = current_database() and p.command = 'REINDEX CONCURRENTLY'
