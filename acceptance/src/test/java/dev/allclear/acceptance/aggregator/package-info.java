/**
 * The aggregator as processes of its own against a broker in another: killed, stopped, flooded and measured. A history is recorded while
 * it happens and analysed afterwards; the analysis is pure and has tests of its own.
 */
@org.jspecify.annotations.NullMarked
package dev.allclear.acceptance.aggregator;
