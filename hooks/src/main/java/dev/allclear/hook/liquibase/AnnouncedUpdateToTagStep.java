package dev.allclear.hook.liquibase;

import liquibase.command.CommandOverride;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.core.UpdateToTagCommandStep;

/** Stands in for {@code liquibase update-to-tag}, which it only surrounds with announcements. */
@CommandOverride(override = UpdateToTagCommandStep.class)
public final class AnnouncedUpdateToTagStep extends UpdateToTagCommandStep {
    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        AnnouncedUpdate.run(results, () -> super.run(results));
    }
}
