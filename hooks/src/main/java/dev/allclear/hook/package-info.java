/**
 * Announces a migration from inside the tool that runs it: when it begins, which "before" was awaited, and how it ended. Goes out
 * over Kafka or over the console's HTTP. A migration is never broken by it unless that is asked for.
 */
@NullMarked
package dev.allclear.hook;

import org.jspecify.annotations.NullMarked;
