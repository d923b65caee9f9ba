-- Which sequences are there, and which column does each serve? Where a sequence stands is not asked: pg_sequence_last_value would
-- lock it. How many rows were ever inserted into the column's table comes from the statistics, over partitions and their parts. Reads the
-- catalog only; locks no user object.
select n.nspname || '.' || c.relname as name,
       nullif(pg_catalog.format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname) as sql,
       c.oid::text as oid,
       pg_catalog.pg_relation_filenode(c.oid)::text as file,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) as owner,
       pg_catalog.concat_ws(' ', pg_catalog.format_type(s.seqtypid, null), 'increment', s.seqincrement, 'from', s.seqmin, 'to', s.seqmax,
           'start', s.seqstart, case when s.seqcycle then 'cycle' end) as definition,
       s.seqincrement::text as increment,
       case when s.seqcycle then 'true' end as cycle,
       u.of, u.column, u.on, u.by, u.filled, u.indexed
from pg_catalog.pg_sequence s
join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join lateral (
    select tn.nspname || '.' || t.relname as of,
           a.attname::text as column,
           pg_catalog.format('%I.%I', tn.nspname, t.relname) as on,
           pg_catalog.format('%I', a.attname) as by,
           coalesce((with recursive tree(member) as (
                         select t.oid union select i.inhrelid from tree join pg_catalog.pg_inherits i on i.inhparent = tree.member)
                     select sum(pg_catalog.pg_stat_get_tuples_inserted(tree.member)) from tree), 0)::text as filled,
           (a.atttypid in (20, 21, 23) and exists (
               select from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid
               where i.indrelid = t.oid and i.indkey[0] = a.attnum and i.indisvalid and i.indpred is null
                 and x.relam = (select am.oid from pg_catalog.pg_am am where am.amname = 'btree')))::text as indexed
    from pg_catalog.pg_depend d
    join pg_catalog.pg_class t on t.oid = d.refobjid
    join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
      and d.refobjsubid > 0 and d.deptype in ('a', 'i')
    limit 1) u on true
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
