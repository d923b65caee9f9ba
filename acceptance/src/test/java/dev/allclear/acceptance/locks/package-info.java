/**
 * How good the lock check is, in figures: false alarms under load, leftovers found, hold times against a clock, what looking costs.
 * {@code ./allclear-bench locks} prints all of them; a short form runs with the tests.
 */
@NullMarked
package dev.allclear.acceptance.locks;

import org.jspecify.annotations.NullMarked;
