/**
 * The extension point: {@link dev.allclear.check.Checker} and what it is handed. A team with a check of its own needs this
 * package, {@code model} and {@code event}, and nothing else of Allclear.
 */
@NullMarked
package dev.allclear.check;

import org.jspecify.annotations.NullMarked;
