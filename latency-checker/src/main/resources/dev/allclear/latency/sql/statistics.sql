-- Which columns and expression indexes of these tables have planner statistics? Reads catalogs only: ACCESS SHARE on them.
-- Left out: what this role could not see in pg_stats anyway, columns with statistics target 0, virtual generated columns.
with asked as (
    select c.oid, c.relname, n.nspname, n.nspname || '.' || c.relname as name
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm')
       and n.nspname || '.' || c.relname = any ($1::text[])
       and not row_security_active(c.oid)
)
select t.name,
       quote_ident(a.attname) as label,
       exists (select from pg_stats s
                where s.schemaname = t.nspname and s.tablename = t.relname and s.attname = a.attname) as has_statistics
  from asked t
  join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
 where a.attgenerated in ('', 's')
   and coalesce(a.attstattarget, -1) <> 0
   and has_column_privilege(t.oid, a.attnum, 'select')
union all
select t.name,
       quote_ident(ic.relname) || ' (expression)',
       exists (select from pg_stats s where s.schemaname = t.nspname and s.tablename = ic.relname)
  from asked t
  join pg_index i on i.indrelid = t.oid and i.indexprs is not null
  join pg_class ic on ic.oid = i.indexrelid
 where has_table_privilege(ic.oid, 'select')
 order by 1, 2
