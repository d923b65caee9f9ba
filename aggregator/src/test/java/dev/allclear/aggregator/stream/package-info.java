/** Tests of {@code stream}. */
@NullMarked
package dev.allclear.aggregator.stream;

import org.jspecify.annotations.NullMarked;
