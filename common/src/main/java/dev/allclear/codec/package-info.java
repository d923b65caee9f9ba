/**
 * Events to CloudEvent JSON and back, and the only place that knows Jackson databind. Nothing here does I/O.
 */
@NullMarked
package dev.allclear.codec;

import org.jspecify.annotations.NullMarked;
