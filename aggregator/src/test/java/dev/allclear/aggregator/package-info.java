/** Tests of the aggregator and the sample runs they share. */
@NullMarked
package dev.allclear.aggregator;

import org.jspecify.annotations.NullMarked;
