package dev.allclear.lock;

import dev.allclear.event.SessionHints;
import dev.allclear.model.RunId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which sessions are the migration's own: those the publisher described, those under the name that the command line gives them,
 * and those that took, during the run, a lock that blocks ordinary writes.
 *
 * @param described whether the publisher described any
 * @param strong those that took such a lock, with the names they went by
 */
record MigrationSessions(
        Set<String> applications,
        Set<Integer> pids,
        Set<String> users,
        boolean described,
        Map<Backend, String> strong) {
    MigrationSessions {
        applications = Set.copyOf(applications);
        pids = Set.copyOf(pids);
        users = Set.copyOf(users);
        strong = Map.copyOf(strong);
    }

    static MigrationSessions of(RunId run, List<SessionHints> hints, Map<Backend, String> strong) {
        Set<String> applications = new HashSet<>(Set.of("allclear-run/" + run));
        Set<Integer> pids = new HashSet<>();
        Set<String> users = new HashSet<>();
        for (SessionHints hint : hints) {
            applications.addAll(hint.namesAsShown());
            pids.addAll(hint.pids());
            hint.user().ifPresent(users::add);
        }
        return new MigrationSessions(
                applications, pids, users, applications.size() > 1 || !pids.isEmpty() || !users.isEmpty(), strong);
    }

    /**
     * Whether the migration's sessions go by what the publisher said, or were seen to go by the run's name: without, one that holds row
     * locks may be the migration's or not. Who took a strong lock under another name may be anybody.
     */
    boolean isKnown() {
        return described || strong.values().stream().anyMatch(applications::contains);
    }

    boolean own(SeenSession session) {
        return isDescribed(session) || strong.containsKey(session.backend());
    }

    /**
     * Whether one that waits for a session of the migration is none itself. The application may share the role that describes the
     * migration; then its name tells, where the other is known by more than the role.
     */
    boolean isOther(SeenSession waiter, SeenSession own) {
        boolean sharesTheRole = isKnownByRoleAlone(waiter)
                && !isKnownByRoleAlone(own)
                && !waiter.application().equals(own.application());
        return !own(waiter) || sharesTheRole;
    }

    private boolean isKnownByRoleAlone(SeenSession session) {
        return users.contains(session.user())
                && !applications.contains(session.application())
                && !pids.contains(session.backend().pid())
                && !strong.containsKey(session.backend());
    }

    /** Known by name, not by what it did. */
    boolean isDescribed(SeenSession session) {
        if (session.isServersOwn()) {
            return false;
        }
        boolean byName = !session.backend().isPrepared()
                && Optional.of(session.application())
                        .filter(applications::contains)
                        .isPresent();
        return byName || pids.contains(session.backend().pid()) || users.contains(session.user());
    }
}
