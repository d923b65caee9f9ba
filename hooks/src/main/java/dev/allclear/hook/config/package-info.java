/** What a hook is told by environment variables and system properties; the only place in the hooks that reads them. */
@NullMarked
package dev.allclear.hook.config;

import org.jspecify.annotations.NullMarked;
