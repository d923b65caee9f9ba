/** {@code allclear new-checker}: a module with a check of one's own, from the templates in the resources. */
@NullMarked
package dev.allclear.cli.newchecker;

import org.jspecify.annotations.NullMarked;
