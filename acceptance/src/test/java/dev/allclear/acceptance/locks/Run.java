package dev.allclear.acceptance.locks;

import dev.allclear.check.Baseline;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckReport;
import dev.allclear.model.RunId;
import dev.allclear.testkit.DescriptionBuilder;
import java.time.Instant;
import java.util.Optional;

/** One run as the lock check sees it: announced, then over. */
final class Run {
    final RunId id;
    private final Shop shop;
    private final Baseline baseline;

    private Run(Shop shop, RunId id, Baseline baseline) {
        this.shop = shop;
        this.id = id;
        this.baseline = baseline;
    }

    static Run begin(Shop shop, String name) {
        RunId id = new RunId(name);
        MigrationStarted started =
                new MigrationStarted(id, Shop.NAME, Instant.now(), MigrationDescription.NOTHING_SAID);
        return new Run(shop, id, Shop.await(shop.checker.before(started, shop.context(id))));
    }

    /** @param applications how the publisher described the migration's sessions */
    CheckReport end(String... applications) {
        return end(shop, id, Optional.of(baseline), applications);
    }

    /** Of a run that nobody announced. */
    static CheckReport endUnannounced(Shop shop, String name) {
        return end(shop, new RunId(name), Optional.empty());
    }

    private static CheckReport end(Shop shop, RunId id, Optional<Baseline> baseline, String... applications) {
        MigrationDescription description =
                new DescriptionBuilder().applicationNames(applications).build();
        MigrationCompleted completed = new MigrationCompleted(
                id, Shop.NAME, Instant.now(), Optional.of(0), Optional.empty(), Optional.empty(), description);
        CheckReport report = Shop.await(shop.checker.after(completed, baseline, shop.context(id)));
        shop.checker.forget(Shop.NAME, id);
        return report;
    }
}
