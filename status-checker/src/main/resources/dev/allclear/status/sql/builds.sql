-- Which indexes are being built right now? REINDEX CONCURRENTLY makes all of a table's new ones first, also its TOAST table's, and
-- names only one at a time: so all unfinished ones of the table count. Reads a statistics view and the catalog; takes no lock on user
-- objects.
select p.index_relid::text as oid
from pg_catalog.pg_stat_progress_create_index p
where p.datname = current_database() and p.index_relid <> 0
union
select i.indexrelid::text
from pg_catalog.pg_stat_progress_create_index p
join pg_catalog.pg_class t on t.oid = p.relid or t.reltoastrelid = p.relid
join pg_catalog.pg_index i on i.indrelid = t.oid and not (i.indisvalid and i.indisready)
where p.datname = current_database() and p.command = 'REINDEX CONCURRENTLY'
