package dev.allclear.cli;

import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One run as the user asked for it.
 *
 * @param onTerminal the command gets our own streams, and what it says is not read
 * @param required checks whose "before" is awaited
 * @param abortOnMissingBaseline do not run the command when one is missing
 * @param patience how long after completion a verdict is awaited
 */
record RunRequest(
        RunId run,
        DatabaseName database,
        MigrationDescription description,
        List<String> command,
        boolean onTerminal,
        Set<CheckName> required,
        Duration baselineWait,
        boolean abortOnMissingBaseline,
        Duration patience) {}
