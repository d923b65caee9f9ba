/** The row check under load, on ten million rows, and the figures of {@code docs/rows.md}. */
@org.jspecify.annotations.NullMarked
package dev.allclear.acceptance.rows;
