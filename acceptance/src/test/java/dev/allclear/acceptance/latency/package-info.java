/** The latency check on a noisy machine: false alarms, power, cost, and the figures of {@code docs/latency.md}. */
@org.jspecify.annotations.NullMarked
package dev.allclear.acceptance.latency;
