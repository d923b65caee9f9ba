/**
 * The polite, read-only, budgeted way to a database under verification, and the only place that knows the PG client. Every
 * statement runs in a {@code READ ONLY} transaction with server-side and client-side time limits, is accounted for, and never
 * waits long for a lock.
 */
@NullMarked
package dev.allclear.postgres;

import org.jspecify.annotations.NullMarked;
