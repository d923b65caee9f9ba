package dev.allclear.row;

import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The user tables that the names of a run may mean, as the database's catalog has them. System schemas are not looked at. */
record Catalog(List<Relation> relations) {
    private static final String TABLES_OF_THESE_NAMES = """
            -- Which user tables have these names, what columns have they, and may we see all their rows? Catalog only: ACCESS SHARE on it.
            SELECT c.oid::int8 AS oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind = 'v' AS view, current_user::text AS reader,
                   coalesce(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'), false) AS readable,
                   coalesce(row_security_active(c.oid), false) AS filtered,
                   EXISTS (WITH RECURSIVE tree(member) AS (
                               SELECT c.oid UNION SELECT i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.member)
                           SELECT FROM tree JOIN pg_class m ON m.oid = tree.member AND m.relkind = 'f') AS is_foreign,
                   CASE WHEN c.reltuples >= 0 THEN c.reltuples::int8 END AS estimate,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
                   ARRAY(SELECT format_type((WITH RECURSIVE base(oid, under) AS (
                                                 SELECT t.oid, t.typbasetype FROM pg_type t WHERE t.oid = a.atttypid
                                                 UNION ALL SELECT t.oid, t.typbasetype FROM base JOIN pg_type t ON t.oid = base.under)
                                             SELECT base.oid FROM base WHERE base.under = 0), -1) FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS types,
                   ARRAY(SELECT (t.typtype = 'e')::text FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS enumerated,
                   ARRAY(SELECT (NOT a.attnotnull OR c.relkind <> 'p' AND c.relhassubclass
                                 OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated
                                               AND a.attnum = ANY (k.conkey)))::text
                           FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS nullable,
                   ARRAY(SELECT a.attname::text FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, place), pg_attribute a
                          WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum
                            AND k.place <= i.indnkeyatts ORDER BY k.place) AS primary_key,
                   ARRAY(SELECT i.indisunique::text || ' ' || array_to_string(ARRAY(
                                    SELECT a.ordinal FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
                                      JOIN (SELECT attnum, row_number() OVER (ORDER BY attnum) - 1 AS ordinal FROM pg_attribute
                                             WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a ON a.attnum = k.attnum
                                     WHERE k.place <= i.indnkeyatts ORDER BY k.place), ' ')
                           FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
                          WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND m.amname = 'btree'
                            AND NOT (c.relkind <> 'p' AND c.relhassubclass)
                            AND NOT EXISTS (SELECT FROM unnest(i.indkey::int2[], i.indcollation::oid[], i.indclass::oid[])
                                                            WITH ORDINALITY AS k(attnum, own, class, place)
                                              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                                              LEFT JOIN pg_collation l ON l.oid = a.attcollation
                                              JOIN pg_opclass o ON o.oid = k.class
                                             WHERE k.place <= i.indnkeyatts
                                               AND (k.own <> l.oid AND NOT l.collisdeterministic
                                                    OR o.opcintype <> a.atttypid
                                                       AND EXISTS (SELECT FROM pg_opclass d WHERE d.opcdefault AND d.opcmethod = o.opcmethod
                                                                                              AND d.opcintype = a.atttypid)))) AS indexes,
                   ARRAY(WITH RECURSIVE up(oid) AS (
                             SELECT c.oid UNION SELECT i.inhparent FROM up JOIN pg_inherits i ON i.inhrelid = up.oid)
                         SELECT up.oid::text FROM up) AS lineage
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'm', 'f', 'v') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
               AND c.relname::text = ANY ($1::text[])
             ORDER BY n.nspname, c.relname
            """;

    Catalog {
        relations = List.copyOf(relations);
    }

    static Future<Catalog> read(Visit visit, Collection<String> writtenNames) {
        String[] names = writtenNames.stream()
                .map(WrittenName::new)
                .flatMap(written -> Stream.concat(written.asWritten().stream(), written.asSql().stream()))
                .map(WrittenName.Meaning::name)
                .distinct()
                .toArray(String[]::new);
        if (names.length == 0) {
            return Future.succeededFuture(new Catalog(List.of()));
        }
        return visit.read(tx -> tx.query(TABLES_OF_THESE_NAMES, (Object) names))
                .map(rows -> new Catalog(rows.stream().map(Catalog::relation).toList()));
    }

    /** The tables that a written name means: none, one, or several when it is ambiguous. As written goes before SQL's folding. */
    List<Relation> find(String written) {
        WrittenName name = new WrittenName(written);
        List<Relation> exact = fitting(name.asWritten());
        return exact.isEmpty() ? fitting(name.asSql()) : exact;
    }

    private List<Relation> fitting(List<WrittenName.Meaning> meanings) {
        return relations.stream()
                .filter(relation ->
                        meanings.stream().anyMatch(meaning -> meaning.fits(relation.schema(), relation.name())))
                .toList();
    }

    private static Relation relation(ResultRow row) {
        List<String> names = row.texts("columns");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Column(
                    names.get(i),
                    row.texts("types").get(i),
                    Boolean.parseBoolean(row.texts("nullable").get(i)),
                    Boolean.parseBoolean(row.texts("enumerated").get(i))));
        }
        List<Column> key = row.texts("primary_key").stream()
                .flatMap(name -> columns.stream().filter(column -> column.name().equals(name)))
                .toList();
        return new Relation(
                row.number("oid"),
                row.text("schema"),
                row.text("name"),
                row.flag("view"),
                row.text("reader"),
                row.flag("readable"),
                row.flag("filtered"),
                row.flag("is_foreign"),
                row.optionalNumber("estimate"),
                columns,
                key,
                row.texts("indexes").stream()
                        .map(index -> Index.of(index, columns))
                        .toList(),
                row.texts("lineage").stream().map(Long::valueOf).toList());
    }
}
