/**
 * The console's pages for people: the runs, one of them as it goes, the services. Written on the server; the one script only fetches a
 * part of the page anew when there is news, and everything works without it.
 */
@NullMarked
package dev.allclear.aggregator.console.page;

import org.jspecify.annotations.NullMarked;
