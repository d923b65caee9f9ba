/**
 * What the aggregator serves over HTTP: an interface for pipelines and pages for people. It only reads the topics and publishes what it
 * is asked to; a verdict never waits for it. {@code history} is what it knows, {@code http} how it speaks and whom it lets in,
 * {@code api} and {@code page} what it says.
 */
@NullMarked
package dev.allclear.aggregator.console;

import org.jspecify.annotations.NullMarked;
