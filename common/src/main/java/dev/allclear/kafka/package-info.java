/**
 * Topics, publishing and the consumer loop: how events travel. The only place in the checkers that knows
 * {@code org.apache.kafka}. What an event says is {@code dev.allclear.codec}'s; what is done about it is {@code service}'s.
 */
@NullMarked
package dev.allclear.kafka;

import org.jspecify.annotations.NullMarked;
