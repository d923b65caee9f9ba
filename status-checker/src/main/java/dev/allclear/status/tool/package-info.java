/**
 * Migration tools as the database sees them: where each keeps its tracking table, how its rows read, and when a target version
 * counts as present. One small class a tool, listed in {@link dev.allclear.status.tool.TrackingTools}; nothing here does I/O.
 */
@NullMarked
package dev.allclear.status.tool;

import org.jspecify.annotations.NullMarked;
