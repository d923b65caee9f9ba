/**
 * What people read: one model of a decided run and its writers for the terminal, Markdown, JSON, JUnit and HTML. Pure; every
 * word of a stranger is escaped by the writer that prints it.
 */
@NullMarked
package dev.allclear.aggregator.report;

import org.jspecify.annotations.NullMarked;
