/** Tests of the console. */
@NullMarked
package dev.allclear.aggregator.console;

import org.jspecify.annotations.NullMarked;
