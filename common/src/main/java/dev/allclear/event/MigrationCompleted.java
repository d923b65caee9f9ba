package dev.allclear.event;

import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A migration command has ended. Valid without a {@link MigrationStarted} before it; there is then no before-measurement.
 *
 * @param exitCode the command's exit code: a claim to be verified
 * @param output the tool's last lines and its warnings
 * @param awaitedBaselines the checks whose "before" the publisher knew to be captured before it let the migration begin; absent means
 *     that it did not say
 */
public record MigrationCompleted(
        RunId run,
        DatabaseName database,
        Instant completedAt,
        Optional<Integer> exitCode,
        Optional<MigrationOutcome> outcome,
        Optional<String> output,
        MigrationDescription description,
        Optional<Set<CheckName>> awaitedBaselines)
        implements AllclearEvent {
    public MigrationCompleted {
        awaitedBaselines = awaitedBaselines.map(Set::copyOf);
    }

    /** Of a publisher that does not say for which baselines it waited. */
    public MigrationCompleted(
            RunId run,
            DatabaseName database,
            Instant completedAt,
            Optional<Integer> exitCode,
            Optional<MigrationOutcome> outcome,
            Optional<String> output,
            MigrationDescription description) {
        this(run, database, completedAt, exitCode, outcome, output, description, Optional.empty());
    }

    /** This completion of a publisher that had waited for these checks' baselines. */
    public MigrationCompleted havingAwaited(Set<CheckName> checks) {
        return new MigrationCompleted(
                run, database, completedAt, exitCode, outcome, output, description, Optional.of(checks));
    }

    @Override
    public Instant time() {
        return completedAt;
    }

    @Override
    public EventType type() {
        return EventType.MIGRATION_COMPLETED;
    }

    @Override
    public String discriminator() {
        return "";
    }

    /** Whether the publisher itself says that the command did not succeed. */
    public boolean claimsFailure() {
        return exitCode.filter(code -> code != 0).isPresent()
                || outcome.filter(claim -> claim != MigrationOutcome.SUCCEEDED).isPresent();
    }

    /** This completion, described also by what was said when the run was announced. */
    public MigrationCompleted describedAlsoBy(MigrationDescription announced) {
        return new MigrationCompleted(
                run, database, completedAt, exitCode, outcome, output, description.orElse(announced), awaitedBaselines);
    }
}
