/**
 * The Kafka Streams shell of the ledger: records in, decoded here; stores; deadlines by wall clock; verdicts, alerts and dead
 * letters out, exactly once. All rules of deciding are elsewhere.
 */
@NullMarked
package dev.allclear.aggregator.stream;

import org.jspecify.annotations.NullMarked;
