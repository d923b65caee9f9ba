/** Tests of {@code report}. */
@NullMarked
package dev.allclear.aggregator.report;

import org.jspecify.annotations.NullMarked;
