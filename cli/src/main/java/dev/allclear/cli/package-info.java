/**
 * The {@code allclear} command: what people and pipelines type. Wires services together in one process where no cluster is
 * configured, wraps a migration command, follows its run on Kafka and shows the report. Standard output belongs to the wrapped
 * command and the report; progress goes to standard error. Judges nothing itself.
 */
@NullMarked
package dev.allclear.cli;

import org.jspecify.annotations.NullMarked;
