package dev.allclear.cli.doctor;

/** The doctor's questions to a database. Each reads catalogs alone. */
final class DoctorSql {
    /** Schemas that are the server's own. */
    private static final String NOT_OURS = "'pg_catalog', 'information_schema', 'pg_toast'";

    static final String SERVER = """
            -- Which server is it, who are we there, and what time is it? Takes no lock.
            select current_setting('server_version') as version,
                   current_setting('server_version_num')::int8 as number,
                   current_user::text as role,
                   pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees_all,
                   current_setting('is_superuser') = 'on' as superuser,
                   clock_timestamp() as clock
            """;

    static final String TABLES = """
            -- Which tables may we not read, and which hide rows from us? ACCESS SHARE on catalogs.
            with tables as (
                select n.nspname, c.relname,
                       has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable,
                       c.relrowsecurity and row_security_active(c.oid) as by_policy
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'm') and n.nspname not in (%s)
                      and n.nspname not like 'pg\\_temp%%' and n.nspname not like 'pg\\_toast%%')
            select count(*)::int8 as tables,
                   count(*) filter (where not readable)::int8 as unreadable,
                   (array_agg(format('%%I.%%I', nspname, relname) order by nspname, relname)
                       filter (where not readable))[1:6] as hidden,
                   (array_agg(distinct format('GRANT USAGE ON SCHEMA %%I TO %%I; GRANT SELECT ON ALL TABLES IN SCHEMA %%I TO %%I;',
                       nspname, current_user, nspname, current_user)) filter (where not readable))[1:6] as schemas,
                   count(*) filter (where readable and by_policy)::int8 as by_policy,
                   format('ALTER ROLE %%I BYPASSRLS;', current_user) as bypass
            from tables
            """.formatted(NOT_OURS);

    static final String STATEMENTS = """
            -- Is pg_stat_statements installed, and in which schema? ACCESS SHARE on catalogs.
            select n.nspname::text as schema
            from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'
            """;

    static final String SAMPLE = """
            -- Can the statistics be read at all? Takes no lock.
            select 1::int8 as one from %s limit 1
            """;

    private DoctorSql() {}
}
