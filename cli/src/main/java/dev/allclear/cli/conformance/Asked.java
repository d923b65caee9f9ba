package dev.allclear.cli.conformance;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;

/**
 * One run that the check was told of.
 *
 * @param how in what way, as a clause that goes on "it gave no answer to a run …"
 * @param announced whether it was told before the migration, so that it owes a baseline
 * @param ran false for a run whose command was never started, which nobody can call passed
 */
record Asked(RunId run, DatabaseName database, String how, boolean announced, boolean ran) {}
