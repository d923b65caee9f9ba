/** Tests of the row check against a real PostgreSQL. */
@NullMarked
package dev.allclear.row;

import org.jspecify.annotations.NullMarked;
