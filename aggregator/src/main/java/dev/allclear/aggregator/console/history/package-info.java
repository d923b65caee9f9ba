/**
 * What the console knows of past and present runs, put together from the topics and bounded in memory: the newest runs in brief, of
 * as many of them as fit a budget the whole events as well, deflated. What was let go is read again from the topics when somebody asks.
 * Thread-safe; knows no HTTP.
 */
@NullMarked
package dev.allclear.aggregator.console.history;

import org.jspecify.annotations.NullMarked;
