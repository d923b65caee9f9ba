package dev.allclear.row;

import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.SqlText;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The footprints of tables at one moment, by quoted name.
 *
 * @param counting whether the server counts changed tuples at all ({@code track_counts})
 */
record Footprints(Map<String, Footprint> byName, boolean counting) {
    static final int MOST_TABLES = 500;
    private static final String FOOTPRINTS = """
            -- How many tuples has anyone changed in these tables and their partitions, and which files hold them? Catalog and statistics only.
            WITH RECURSIVE tree(root, member) AS (
                SELECT c.oid, c.oid FROM pg_class c WHERE c.oid::int8 = ANY ($1::int8[])
                UNION
                SELECT tree.root, i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.member)
            SELECT n.nspname::text AS schema, c.relname::text AS name,
                   coalesce(sum(pg_stat_get_tuples_inserted(m.oid)), 0)::int8 AS inserted,
                   coalesce(sum(pg_stat_get_tuples_updated(m.oid)), 0)::int8 AS updated,
                   coalesce(sum(pg_stat_get_tuples_deleted(m.oid)), 0)::int8 AS deleted,
                   md5(string_agg(m.oid::text || ':' || m.relfilenode::text, ',' ORDER BY m.oid)) AS files,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
                   current_setting('track_counts') = 'on' AS counting
              FROM tree JOIN pg_class c ON c.oid = tree.root JOIN pg_class m ON m.oid = tree.member
                   JOIN pg_namespace n ON n.oid = c.relnamespace
             GROUP BY c.oid, n.nspname, c.relname
            """;
    private static final String USER_TABLES = """
            -- Which tables could a migration change, but for the tables in which migration tools keep their own history? Catalog only.
            SELECT c.oid::int8 AS oid
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
               AND lower(c.relname) NOT IN ('flyway_schema_history', 'databasechangelog', 'databasechangeloglock', 'alembic_version',
                   'django_migrations', 'schema_migrations', 'schema_lock', 'ar_internal_metadata', 'goose_db_version',
                   '_prisma_migrations', 'atlas_schema_revisions', 'knex_migrations', 'knex_migrations_lock', 'typeorm_migrations',
                   '__efmigrationshistory', 'pgmigrations', '_sqlx_migrations', 'sequelizemeta', 'gorp_migrations')
             ORDER BY c.oid
             LIMIT $1::int8
            """;

    Footprints {
        byName = Map.copyOf(byName);
    }

    static Future<Footprints> of(Visit visit, Collection<Relation> relations) {
        return read(visit, relations.stream().map(Relation::oid).distinct().toArray(Long[]::new));
    }

    /** Of every user table; empty when there are too many to watch. */
    static Future<Optional<Footprints>> ofAll(Visit visit) {
        return visit.read(tx -> tx.query(USER_TABLES, (long) MOST_TABLES + 1))
                .compose(rows -> rows.size() > MOST_TABLES
                        ? Future.succeededFuture(Optional.empty())
                        : read(
                                        visit,
                                        rows.stream()
                                                .map(row -> row.number("oid"))
                                                .toArray(Long[]::new))
                                .map(Optional::of));
    }

    private static Future<Footprints> read(Visit visit, Long[] oids) {
        if (oids.length == 0) {
            return Future.succeededFuture(new Footprints(Map.of(), true));
        }
        return visit.read(tx -> tx.query(FOOTPRINTS, (Object) oids)).map(rows -> {
            Map<String, Footprint> byName = new TreeMap<>();
            rows.forEach(row -> byName.put(SqlText.identifier(row.text("schema"), row.text("name")), footprint(row)));
            return new Footprints(byName, rows.stream().allMatch(row -> row.flag("counting")));
        });
    }

    private static Footprint footprint(ResultRow row) {
        return new Footprint(
                row.text("schema"),
                row.text("name"),
                row.number("inserted"),
                row.number("updated"),
                row.number("deleted"),
                row.text("files"),
                List.copyOf(row.texts("columns")));
    }
}
