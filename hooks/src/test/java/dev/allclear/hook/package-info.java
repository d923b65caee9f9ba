@NullMarked
package dev.allclear.hook;

import org.jspecify.annotations.NullMarked;
