/**
 * The in-process Kafka broker and the embedded PostgreSQL, one class each, for the demo, for standalone runs and for tests. The
 * internal classes of Kafka's server are used here and nowhere else. Knows nothing of the rest of Allclear.
 */
@NullMarked
package dev.allclear.embedded;

import org.jspecify.annotations.NullMarked;
