package dev.allclear.status.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                        Kind.INDEX, "public.orders_idx", "public.orders", "index public.orders_idx dropped"));
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
