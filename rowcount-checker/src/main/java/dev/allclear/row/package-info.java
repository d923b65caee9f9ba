/**
 * The row check: did every row get what it should?
 *
 * <p>{@link dev.allclear.row.Expectations} reads what a run declares, {@link dev.allclear.row.Catalog} finds out which tables and
 * columns it means, one statement per table counts, and the judges, which are pure, compare. Names and values from an event are
 * data: they are looked up or bound, and only the catalog's own spelling of a name ever becomes part of a statement.
 */
@NullMarked
package dev.allclear.row;

import org.jspecify.annotations.NullMarked;
