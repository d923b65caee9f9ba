/** Tests of the history. */
@NullMarked
package dev.allclear.cli.history;

import org.jspecify.annotations.NullMarked;
