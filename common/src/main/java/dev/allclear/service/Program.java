package dev.allclear.service;

import io.vertx.core.Future;
import java.util.List;

/** What a process does, once {@link ProcessHost} has given it its parts. */
@FunctionalInterface
public interface Program {
    /**
     * Starts, and may block until it has. Reads the rest of the configuration first and throws {@link
     * dev.allclear.config.InvalidConfiguration} when anything in it is wrong.
     */
    Running start(Parts parts);

    /** A program that has started. */
    interface Running {
        /** Takes nothing more, finishes what is under way, closes what it opened; the parts are not its to close. */
        Future<Void> close();

        /** What must hold for the process to be ready; at least one. */
        List<Probe> ready();

        /** What must hold for the process to be alive: its own threads, and nothing outside. */
        default List<Probe> alive() {
            return List.of();
        }
    }
}
