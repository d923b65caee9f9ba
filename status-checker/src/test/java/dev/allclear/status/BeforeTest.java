package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.codec.Json;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Kind;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.TrackingTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BeforeTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    @Test
    void comesBackFromJsonAsItWas() {
        Before before = before(2);

        Before back = Before.of(Json.parse(Json.write(before.toContent())));

        assertThat(back.asked()).isEqualTo(before.asked());
        assertThat(back.tables()).isEqualTo(before.tables());
        assertThat(back.catalog().toMap()).isEqualTo(before.catalog().toMap());
        assertThat(back.startedAt()).isEqualTo(NOON);
    }

    @Test
    void keepsEverything_whenThereIsRoom() {
        assertThat(before(10).within(Before.ROOM).notKept()).isEmpty();
    }

    @Test
    void packsALargeCatalog_andComesBackAsItWas() {
        Before large = before(60_000);

        String json = Json.write(large.within(Before.ROOM).toContent());

        assertThat(json.length()).isLessThan(1_000_000);
        assertThat(Before.of(Json.parse(json)).catalog().toMap())
                .isEqualTo(large.catalog().toMap());
    }

    @Test
    void givesUpColumnsFirst_whenEvenPackedThereIsNoRoom() {
        Before cut = before(150_000).within(Before.ROOM);

        assertThat(cut.notKept()).containsExactly(Kind.COLUMN);
        assertThat(cut.catalog().all(Kind.INDEX)).hasSize(1);
    }

    @Test
    void keepsLongestWhatDebrisIsAttributedBy() {
        Before withoutColumns = before(0);
        long room = withoutColumns.tables().toString().length()
                + withoutColumns.catalog().size();

        Before cut = before(10).within(room);

        assertThat(cut.catalog().knows(Kind.INDEX)).isTrue();
        assertThat(cut.notKept()).contains(Kind.COLUMN);
        assertThat(cut.notKept()).doesNotContain(Kind.TABLE, Kind.CONSTRAINT, Kind.TRIGGER, Kind.GRANT);
    }

    @Test
    void isRefused_whenNotEvenDebrisCouldBeAttributed() {
        assertThatThrownBy(() -> before(1).within(100)).hasMessageContaining("100");
    }

    private static Before before(int columns) {
        List<CatalogObject> objects = new ArrayList<>();
        objects.add(new CatalogObject(Kind.INDEX, "public.i", Map.of("of", "public.t", "oid", "1")));
        for (int i = 0; i < columns; i++) {
            objects.add(new CatalogObject(
                    Kind.COLUMN, "public.t.column_" + i, Map.of("of", "public.t", "type", "text", "nullable", "true")));
        }
        Step step = new Step(
                "1|x",
                Optional.of("1"),
                "V1__x.sql",
                "x",
                Step.State.APPLIED,
                Optional.of(NOON),
                true,
                List.of(),
                Optional.empty());
        return new Before(
                new Asked(Optional.of("flyway"), List.of("1"), true),
                NOON,
                NOON,
                List.of(new TrackingTable("flyway", "public", "flyway_schema_history", true, "", List.of(step))),
                Set.of("public.databasechangeloglock|me|"),
                7,
                false,
                Catalog.of(objects, EnumSet.allOf(Kind.class)));
    }
}
