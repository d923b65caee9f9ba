package dev.allclear.row;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.codec.Json;
import dev.allclear.codec.Yaml;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.service.Parts;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run as a test tells it: what is declared, what happens in between, what the check answers. */
final class RowScene {
    private static final RunId RUN = new RunId("run-1");

    private final PostgresExtension postgres;
    private final RowChecker checker;

    RowScene(PostgresExtension postgres) {
        this(postgres, postgres.parts(), false);
    }

    RowScene(PostgresExtension postgres, Parts parts, boolean showAllKeys) {
        this(postgres, parts, showAllKeys, Limits.DEFAULT);
    }

    RowScene(PostgresExtension postgres, Parts parts, boolean showAllKeys, Limits limitsOfShop) {
        Map<DatabaseName, Limits> limits = Map.of(PostgresExtension.NAME, limitsOfShop);
        this.postgres = postgres;
        this.checker = new RowChecker(parts, showAllKeys, limits, Duration.ofSeconds(3));
    }

    /** The answer to a run of which only the end is known. */
    CheckReport after(String expectations) {
        return after(declaring(expectations).build(), Optional.empty(), Instant.MAX);
    }

    CheckReport afterDeclaring(Map<String, Object> expectation) {
        MigrationDescription description =
                new DescriptionBuilder().expectations(List.of(expectation)).build();
        return after(description, Optional.empty(), Instant.MAX);
    }

    /** The answer to a run whose start was seen, with this migration in between. */
    CheckReport around(String expectations, Runnable migration) {
        return around(declaring(expectations).build(), migration);
    }

    CheckReport around(MigrationDescription description, Runnable migration) {
        Baseline before = before(description);
        migration.run();
        return after(description, Optional.of(before), Instant.MAX);
    }

    Baseline before(MigrationDescription description) {
        Baseline measured = postgres.await(checker.before(
                new MigrationStarted(RUN, PostgresExtension.NAME, Instant.EPOCH, description), context()));
        return new Baseline(Json.parse(Json.write(measured.content())), measured.databaseClock());
    }

    /** Of a publisher that waited for "before". */
    CheckReport after(MigrationDescription description, Optional<Baseline> baseline, Instant completedAt) {
        return after(completed(description, completedAt).havingAwaited(Set.of(CheckName.ROWS)), baseline);
    }

    /** Of a publisher that does not say for what it waited. */
    CheckReport afterWithoutAWord(MigrationDescription description, Baseline baseline, Instant completedAt) {
        return after(completed(description, completedAt), Optional.of(baseline));
    }

    private CheckReport after(MigrationCompleted completed, Optional<Baseline> baseline) {
        return postgres.await(checker.after(completed, baseline, context()));
    }

    private static MigrationCompleted completed(MigrationDescription description, Instant completedAt) {
        return new MigrationCompleted(
                RUN,
                PostgresExtension.NAME,
                completedAt,
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                description);
    }

    private CheckContext context() {
        return postgres.context(RUN, CheckName.ROWS);
    }

    /** A description that declares these expectations, for a test to add to. */
    static DescriptionBuilder declaring(String expectations) {
        return new DescriptionBuilder().expectations(List.copyOf(Yaml.list(expectations)));
    }
}
