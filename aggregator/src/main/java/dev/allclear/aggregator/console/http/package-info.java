/**
 * The console's way to speak HTTP: routes, answers, and who is let in. A request passes {@code Door} before any route sees it; sizes,
 * counts and times are bounded. Knows nothing of runs.
 */
@NullMarked
package dev.allclear.aggregator.console.http;

import org.jspecify.annotations.NullMarked;
