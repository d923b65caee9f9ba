/**
 * The host of a check: event in, {@link dev.allclear.check.Checker} called under the guarantees of its contract, report out.
 * Time limits, durable baselines, health, metrics and awaited shutdown live here.
 */
@NullMarked
package dev.allclear.service;

import org.jspecify.annotations.NullMarked;
