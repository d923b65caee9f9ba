/**
 * Five answers into one verdict: the service that hears every migration and every check's answer, decides, reports and alerts.
 * The decision itself is pure and lives in {@code ledger}; {@code stream} is its Kafka Streams shell.
 */
@NullMarked
package dev.allclear.aggregator;

import org.jspecify.annotations.NullMarked;
