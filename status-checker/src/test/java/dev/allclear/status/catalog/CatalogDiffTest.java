package dev.allclear.status.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogDiffTest {
    private static final CatalogObject TABLE =
            object(Kind.TABLE, "public.orders", "oid", "1", "file", "1", "form", "r");
    private static final CatalogObject INDEX = object(
            Kind.INDEX,
            "public.orders_idx",
            "of",
            "public.orders",
            "plain",
            "orders_idx",
            "oid",
            "2",
            "valid",
            "true",
            "ready",
            "true");

    @Test
    void isEmpty_whenNothingChanged() {
        assertThat(between(List.of(TABLE, INDEX), List.of(TABLE, INDEX))).isEmpty();
    }

    @Test
    void tellsWhatWasDropped() {
        List<Change> changes = CatalogDiff.between(catalog(List.of(TABLE, INDEX)), catalog(List.of(TABLE)));

        assertThat(changes)
                .containsExactly(new Change(
                        Kind.INDEX,
                        "public.orders_idx",
                        "public.orders",
                        Change.Way.REMOVED,
                        "index public.orders_idx dropped"));
    }

    @Test
    void tellsADroppedTableOnce() {
        assertThat(between(List.of(TABLE, INDEX), List.of())).containsExactly("table public.orders dropped");
    }

    @Test
    void tellsAConstraintAndItsIndexOnce() {
        CatalogObject key = object(
                Kind.CONSTRAINT,
                "public.orders.orders_idx",
                "of",
                "public.orders",
                "plain",
                "orders_idx",
                "validated",
                "true",
                "definition",
                "UNIQUE (a)");

        assertThat(between(List.of(TABLE), List.of(TABLE, INDEX, key)))
                .containsExactly("constraint public.orders.orders_idx added: UNIQUE (a)");
    }

    @Test
    void saysThatAnIndexBecameInvalid() {
        CatalogObject invalid = object(
                Kind.INDEX, "public.orders_idx", "of", "public.orders", "oid", "2", "valid", "false", "ready", "true");

        assertThat(between(List.of(TABLE, INDEX), List.of(TABLE, invalid)))
                .containsExactly("index public.orders_idx is now invalid: queries do not use it");
    }

    @Test
    void describesAColumnsChanges() {
        CatalogObject old =
                object(Kind.COLUMN, "public.orders.region", "of", "public.orders", "type", "text", "nullable", "true");
        CatalogObject now = object(
                Kind.COLUMN,
                "public.orders.region",
                "of",
                "public.orders",
                "type",
                "integer",
                "nullable",
                "false",
                "default",
                "x");

        assertThat(between(List.of(TABLE, old), List.of(TABLE, now)))
                .containsExactly(
                        "column public.orders.region type text → integer",
                        "column public.orders.region is now not null",
                        "column public.orders.region default added");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TABLE | unlogged | | true | table public.x is now unlogged",
                "TABLE | guarded | true | | table public.x row security disabled",
                "TABLE | forced | true | | table public.x row security no longer forced on its owner",
                "TABLE | owner | ann | bob | table public.x owner ann → bob",
                "TABLE | oid | 1 | 2 | table public.x replaced by another table of the same name",
                "VIEW | oid | 1 | 2 | view public.x replaced by another view of the same name",
                "VIEW | definition | 1 | 2 | view public.x definition changed",
                "VIEW | empty | | true | view public.x is now not populated",
                "SEQUENCE | file | 1 | 2 | sequence public.x restarted",
                "SEQUENCE | definition | integer increment 1 | bigint increment 1 | sequence public.x definition integer increment 1 → bigint increment 1",
                "TRIGGER | fires | O | D | trigger public.x is now disabled",
                "TRIGGER | fires | D | O | trigger public.x is now enabled",
                "POLICY | to | PUBLIC | app | policy public.x to PUBLIC → app",
                "POLICY | definition | 1 | 2 | policy public.x definition changed",
                "PARTITION | pending | | true | partition public.x is now half detached",
                "TYPE | definition | enum (a) | enum (a, b) | type public.x definition enum (a) → enum (a, b)",
                "FUNCTION | oid | 1 | 2 | function public.x created anew",
                "RULE | definition | 1 | 2 | rule public.x definition changed",
                "SCHEMA | owner | ann | bob | schema public.x owner ann → bob",
                "EXTENSION | version | 1 | 2 | extension public.x version 1 → 2"
            })
    void tellsWhatChanged(Kind kind, String trait, @Nullable String old, @Nullable String now, String sentence) {
        List<String> changes = between(
                List.of(new CatalogObject(kind, "public.x", old == null ? Map.of() : Map.of(trait, old))),
                List.of(new CatalogObject(kind, "public.x", now == null ? Map.of() : Map.of(trait, now))));

        assertThat(changes).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PARTITION | partition public.x attached | partition public.x detached",
                "TRIGGER | trigger public.x created, calls ? | trigger public.x dropped",
                "POLICY | policy public.x created as restrictive for ALL to PUBLIC | policy public.x dropped",
                "SEQUENCE | sequence public.x created | sequence public.x dropped",
                "SCHEMA | schema public.x created | schema public.x dropped",
                "RULE | rule public.x created | rule public.x dropped"
            })
    void tellsWhatCameAndWent(Kind kind, String came, String went) {
        List<CatalogObject> object = List.of(object(kind, "public.x"));

        assertThat(between(List.of(), object)).containsExactly(came);
        assertThat(between(object, List.of())).containsExactly(went);
    }

    @Test
    void tellsGrantsByRole_andNotThoseOfWhatCameOrWent() {
        CatalogObject old =
                object(Kind.GRANT, "table public.orders", "of", "public.orders", "rights", "INSERT,SELECT\tapp\t");
        CatalogObject now = object(
                Kind.GRANT,
                "table public.orders",
                "of",
                "public.orders",
                "rights",
                "SELECT\tapp\t\nSELECT\t\"My Reader\"\ttotal");

        assertThat(between(List.of(TABLE, old), List.of(TABLE, now)))
                .containsExactly(
                        "grants on table public.orders lost: INSERT of app",
                        "grants on table public.orders given: SELECT (total) of \"My Reader\"");
        assertThat(between(List.of(), List.of(TABLE, now))).containsExactly("table public.orders created");
        assertThat(between(List.of(TABLE, old), List.of())).containsExactly("table public.orders dropped");
    }

    @Test
    void doesNotMindRowsThatCame() {
        assertThat(between(
                        List.of(object(Kind.SEQUENCE, "public.s", "filled", "1")),
                        List.of(object(Kind.SEQUENCE, "public.s", "filled", "9"))))
                .isEmpty();
    }

    @Test
    void comparesNoKindThatOneSideDoesNotHold() {
        Catalog cut = catalog(List.of(TABLE)).only(EnumSet.of(Kind.TABLE));

        assertThat(CatalogDiff.between(cut, catalog(List.of(TABLE, INDEX)))).isEmpty();
    }

    @Test
    void comesBackFromABaselineAsItWas() {
        Catalog catalog = catalog(List.of(TABLE, INDEX));

        Catalog back = Catalog.fromMap(catalog.toMap());

        assertThat(CatalogDiff.between(catalog, back)).isEmpty();
        assertThat(CatalogDiff.between(back, catalog(List.of(TABLE)))).hasSize(1);
        assertThat(back.all(Kind.INDEX)).containsExactly(INDEX);
    }

    private static List<String> between(List<CatalogObject> before, List<CatalogObject> after) {
        return CatalogDiff.between(catalog(before), catalog(after)).stream()
                .map(Change::what)
                .toList();
    }

    private static Catalog catalog(List<CatalogObject> objects) {
        return Catalog.of(objects, EnumSet.allOf(Kind.class));
    }

    private static CatalogObject object(Kind kind, String name, String... traits) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < traits.length; i += 2) {
            map.put(traits[i], traits[i + 1]);
        }
        return new CatalogObject(kind, name, map);
    }
}
