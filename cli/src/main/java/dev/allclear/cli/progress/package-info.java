/**
 * What a waiting person sees on standard error: plain lines in a log, and on a terminal a small block, a line for each check, that is
 * drawn anew in its place and is gone when the waiting is over. {@code LiveBlock} says what stands in it and knows no terminal;
 * {@code Screen} knows how a terminal is told, and nothing of checks. All words that come from events are made harmless here.
 */
@NullMarked
package dev.allclear.cli.progress;

import org.jspecify.annotations.NullMarked;
