-- Which extensions are there, in which version? Reads the catalog only.
select e.extname::text as name, e.extversion as version
from pg_catalog.pg_extension e
order by 1
