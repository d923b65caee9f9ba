@NullMarked
package dev.allclear.cli.progress;

import org.jspecify.annotations.NullMarked;
