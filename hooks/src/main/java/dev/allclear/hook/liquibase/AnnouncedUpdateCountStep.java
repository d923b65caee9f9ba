package dev.allclear.hook.liquibase;

import liquibase.command.CommandOverride;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.core.UpdateCountCommandStep;

/** Stands in for {@code liquibase update-count}, which it only surrounds with announcements. */
@CommandOverride(override = UpdateCountCommandStep.class)
public final class AnnouncedUpdateCountStep extends UpdateCountCommandStep {
    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        AnnouncedUpdate.run(results, () -> super.run(results));
    }
}
