package dev.allclear.service;

import dev.allclear.check.Checker;
import dev.allclear.model.CheckName;
import java.time.Duration;

/**
 * A checker's module as its host sees it: what it is called and how it is made. Used by the module's own main and by the command
 * line, which hosts several in one process.
 */
public interface CheckerModule {
    CheckName name();

    /**
     * Builds the checker. Reads its own part of every database's configuration ({@code databases.NAME.<check>}) and notes mistakes
     * in {@code parts.config().mistakes()} rather than throwing; the host reports them together.
     */
    Checker create(Parts parts);

    /** The longest {@code before} may take. */
    default Duration beforeLimit() {
        return Duration.ofSeconds(20);
    }
}
