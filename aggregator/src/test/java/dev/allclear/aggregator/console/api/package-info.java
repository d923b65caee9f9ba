/** Tests of the console's interface for machines. */
@NullMarked
package dev.allclear.aggregator.console.api;

import org.jspecify.annotations.NullMarked;
