/**
 * The console's HTTP interface for machines, under {@code /v1}: publish, list, wait, fetch reports, follow. {@code docs/openapi.yaml} is
 * its description, and a test holds the two together.
 */
@NullMarked
package dev.allclear.aggregator.console.api;

import org.jspecify.annotations.NullMarked;
