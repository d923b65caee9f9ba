package dev.allclear.service;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that must hold for a process to be healthy.
 *
 * @param problem what is wrong now, in a few words; asked on an event loop, so it must not block
 */
public record Probe(String name, Supplier<Optional<String>> problem) {
    /** A probe that says {@code otherwise} while the condition does not hold. */
    public static Probe of(String name, BooleanSupplier holds, String otherwise) {
        return new Probe(name, () -> holds.getAsBoolean() ? Optional.empty() : Optional.of(otherwise));
    }
}
