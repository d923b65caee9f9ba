package dev.allclear.event;

import java.util.List;
import java.util.Optional;

/** How to know the migration's own database sessions; all optional, each narrows. */
public record SessionHints(Optional<String> user, List<String> applicationNames, List<Integer> pids) {
    private static final int LONGEST_NAME = 63;
    public static final SessionHints NONE = new SessionHints(Optional.empty(), List.of(), List.of());

    public SessionHints {
        applicationNames = List.copyOf(applicationNames);
        pids = List.copyOf(pids);
    }

    /** The names as PostgreSQL shows them: it cuts them at 63 bytes. */
    public List<String> namesAsShown() {
        return applicationNames.stream()
                .map(name -> name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME))
                .toList();
    }
}
