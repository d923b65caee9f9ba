/** The listener for Liquibase; nothing here is used by the other tool's jar. */
@NullMarked
package dev.allclear.hook.liquibase;

import org.jspecify.annotations.NullMarked;
