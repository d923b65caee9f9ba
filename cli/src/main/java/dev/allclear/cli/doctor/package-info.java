/**
 * What {@code allclear doctor} asks: databases, log sources, the broker, alert targets. Every probe has a time limit, changes nothing,
 * sends nothing, and answers in lines that name what is missing and what mends it, never a secret.
 */
@NullMarked
package dev.allclear.cli.doctor;

import org.jspecify.annotations.NullMarked;
