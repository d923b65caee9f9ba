/** Tests of the console's history. */
@NullMarked
package dev.allclear.aggregator.console.history;

import org.jspecify.annotations.NullMarked;
