package dev.allclear.check.offender;

import dev.allclear.service.Parts;

/** Breaks an architecture rule on purpose. */
public final class KnowsTheService {
    Class<?> later() {
        return Parts.class;
    }

    void use(Parts parts) {}
}
