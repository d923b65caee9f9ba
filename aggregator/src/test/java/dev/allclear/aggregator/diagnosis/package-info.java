/** Tests of {@code diagnosis}. */
@NullMarked
package dev.allclear.aggregator.diagnosis;

import org.jspecify.annotations.NullMarked;
