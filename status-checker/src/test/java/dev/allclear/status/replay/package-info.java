/**
 * What real migration tools executed, recorded by {@code src/test/fixtures/record} and executed again: {@link
 * dev.allclear.status.replay.ToolFixture} reads a recording, {@link dev.allclear.status.replay.ToolReplay} plays it. A recording
 * made by hand has the same form.
 */
@NullMarked
package dev.allclear.status.replay;

import org.jspecify.annotations.NullMarked;
