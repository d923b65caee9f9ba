/** Tests of {@code ledger}. */
@NullMarked
package dev.allclear.aggregator.ledger;

import org.jspecify.annotations.NullMarked;
