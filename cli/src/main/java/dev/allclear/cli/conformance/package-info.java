/**
 * {@code allclear conformance}: plays publisher to one check on the wire, with everything that a broker may do to it, and says what
 * it got wrong. {@code Examination} asks, {@code ConformanceJudge} judges what was heard.
 */
@NullMarked
package dev.allclear.cli.conformance;

import org.jspecify.annotations.NullMarked;
