/**
 * What a migration tool printed, read for what a person should know of it: errors, warnings, and what was skipped because it already
 * existed. Pure; secrets never leave it.
 */
@NullMarked
package dev.allclear.status.output;

import org.jspecify.annotations.NullMarked;
