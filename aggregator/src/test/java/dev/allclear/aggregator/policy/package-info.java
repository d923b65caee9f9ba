/** Tests of {@code policy}. */
@NullMarked
package dev.allclear.aggregator.policy;

import org.jspecify.annotations.NullMarked;
