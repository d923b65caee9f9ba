/** Measurements of the console whose figures {@code docs/console.md} states. */
@NullMarked
package dev.allclear.acceptance.console;

import org.jspecify.annotations.NullMarked;
