/**
 * The check that answers: are the critical queries as fast as before? Each configured query is planned and run before and after
 * the migration; plan, blocks and time are compared query by query, the most trustworthy signal first.
 *
 * <p>{@link dev.allclear.latency.ProbeRound} measures at the edge; {@code *Diff}, {@code *Comparison}, {@code *Diagnosis} and
 * {@link dev.allclear.latency.HodgesLehmann} judge and are pure. Parameter values never leave this package: neither in a finding
 * nor in a measurement nor in a baseline.
 */
@NullMarked
package dev.allclear.latency;

import org.jspecify.annotations.NullMarked;
