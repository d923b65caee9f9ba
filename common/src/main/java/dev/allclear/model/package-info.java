/**
 * The vocabulary of Allclear: runs, checks, findings, reports, verdicts. Plain immutable values that are valid once
 * constructed; they know nothing of Kafka, PostgreSQL, JSON or clocks, and only the JDK.
 */
@NullMarked
package dev.allclear.model;

import org.jspecify.annotations.NullMarked;
