package dev.allclear.hook.liquibase;

import liquibase.command.CommandOverride;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.core.UpdateCommandStep;

/** Stands in for {@code liquibase update}, which it only surrounds with announcements. */
@CommandOverride(override = UpdateCommandStep.class)
public final class AnnouncedUpdateStep extends UpdateCommandStep {
    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        AnnouncedUpdate.run(results, () -> super.run(results));
    }
}
