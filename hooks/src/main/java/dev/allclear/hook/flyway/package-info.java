/** The callback for Flyway; nothing here is used by the other tool's jar. */
@NullMarked
package dev.allclear.hook.flyway;

import org.jspecify.annotations.NullMarked;
