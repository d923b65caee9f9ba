package dev.allclear.event;

import java.util.List;
import java.util.Optional;

/** How to know the migration's own database sessions; all optional, each narrows. */
public record SessionHints(Optional<String> user, List<String> applicationNames, List<Integer> pids) {
    public static final SessionHints NONE = new SessionHints(Optional.empty(), List.of(), List.of());

    public SessionHints {
        applicationNames = List.copyOf(applicationNames);
        pids = List.copyOf(pids);
    }
}
