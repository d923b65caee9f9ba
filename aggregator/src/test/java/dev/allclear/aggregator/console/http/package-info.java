/** Tests of the console's http. */
@NullMarked
package dev.allclear.aggregator.console.http;

import org.jspecify.annotations.NullMarked;
