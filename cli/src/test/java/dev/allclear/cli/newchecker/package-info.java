@NullMarked
package dev.allclear.cli.newchecker;

import org.jspecify.annotations.NullMarked;
