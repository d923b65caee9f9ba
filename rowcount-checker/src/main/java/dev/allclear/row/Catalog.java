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
                   CASE WHEN c.reltuples >= 0 THEN c.reltuples::int8 END AS estimate,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
                   ARRAY(SELECT format_type(a.atttypid, -1) FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS types,
                   ARRAY(SELECT (NOT a.attnotnull)::text FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS nullable,
                   ARRAY(SELECT a.attname::text FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, place), pg_attribute a
                          WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum
                            AND k.place <= i.indnkeyatts ORDER BY k.place) AS primary_key
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
                    Boolean.parseBoolean(row.texts("nullable").get(i))));
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
                row.optionalNumber("estimate"),
                columns,
                key);
    }
}
