/**
 * Can the running application still talk to the database? Reads the application's and the server's logs for a window before a
 * migration, during it and after it, recognises PostgreSQL errors and judges which of them are new.
 *
 * <p>From the outside in: {@code LogScanner} (the check), {@code LogSource} (where lines come from), {@code RecordJoiner} and
 * {@code Timestamps} (lines to records), {@code LogClassifier} (records to errors, by the rules in {@code rules.txt}),
 * {@code ErrorTally} (errors to counts), {@code LogJudge} (counts to judgements) and {@code LogFindings} (their words). All but the
 * first two are pure.
 */
@NullMarked
package dev.allclear.log;

import org.jspecify.annotations.NullMarked;
