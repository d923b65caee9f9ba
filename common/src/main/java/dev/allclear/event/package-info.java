/**
 * What crosses Kafka: one record per event type of the contract ({@code docs/events.md}). Values only; how they are
 * written down is {@code dev.allclear.codec}'s, how they travel is {@code dev.allclear.kafka}'s.
 */
@NullMarked
package dev.allclear.event;

import org.jspecify.annotations.NullMarked;
