/**
 * Tells people and their tools what {@code allclear.alerts} says: Alertmanager, Slack-compatible webhooks, PagerDuty and webhooks of any
 * kind. Each target is a consumer group of its own and takes one event at a time, so that a dead target delays neither another one nor
 * a verdict. What a target is sent is made by pure code ({@code Target} and its kinds); only {@link
 * dev.allclear.aggregator.alert.Poster} speaks HTTP. Addresses and keys of targets are secrets and are never written anywhere.
 */
@NullMarked
package dev.allclear.aggregator.alert;

import org.jspecify.annotations.NullMarked;
