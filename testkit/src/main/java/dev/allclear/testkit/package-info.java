/**
 * For tests of checks, ours and those of other teams: a real PostgreSQL and a real Kafka broker as JUnit extensions, and
 * assertions in the words of the domain. For test scope only.
 */
@NullMarked
package dev.allclear.testkit;

import org.jspecify.annotations.NullMarked;
