/**
 * What is kept of runs without a cluster, in the working directory's {@code .allclear/runs/RUN_ID/DATABASE/}: the events as the
 * contract writes them, "before" as each check measured it, the reports. Files only: who reads or writes them, and what is said when
 * that fails, is the commands' business. Where a cluster is configured its topics are the history, and only the note of what
 * {@code publish started} waited for lies here.
 */
@NullMarked
package dev.allclear.cli.history;

import org.jspecify.annotations.NullMarked;
