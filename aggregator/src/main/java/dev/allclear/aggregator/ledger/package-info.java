/**
 * What is known of a run and what follows from it. Pure, immutable and independent of the order in which events arrive: no
 * clock, no Kafka, no JSON. The shell hands events in, keeps what comes out, and publishes what is to be said.
 */
@NullMarked
package dev.allclear.aggregator.ledger;

import org.jspecify.annotations.NullMarked;
