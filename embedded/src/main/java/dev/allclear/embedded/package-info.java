/**
 * Servers that run without Docker, for tests and for standalone use: a Kafka broker in this process and a PostgreSQL beside it.
 * The only place that touches the internals of Kafka's server; one class each, nothing else belongs here.
 */
@NullMarked
package dev.allclear.embedded;

import org.jspecify.annotations.NullMarked;
