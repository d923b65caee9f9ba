package dev.allclear.lock.offender;

import dev.allclear.status.StatusCheckerModule;

/** Breaks an architecture rule on purpose. */
public final class KnowsAnotherService {
    void use(StatusCheckerModule other) {}
}
