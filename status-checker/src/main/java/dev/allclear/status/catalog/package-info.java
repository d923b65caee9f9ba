/**
 * What stands in the database's catalog, and what changed between two looks at it, in words. Pure: reading is done elsewhere.
 */
@NullMarked
package dev.allclear.status.catalog;

import org.jspecify.annotations.NullMarked;
