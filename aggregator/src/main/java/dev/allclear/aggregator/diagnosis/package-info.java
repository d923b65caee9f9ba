/**
 * Causes that no single check can see, found by joining the findings of several: codes, subjects and evidence, nothing else.
 */
@NullMarked
package dev.allclear.aggregator.diagnosis;

import org.jspecify.annotations.NullMarked;
