package dev.allclear.aggregator.stream;

import dev.allclear.aggregator.ledger.FiringAlerts;
import dev.allclear.aggregator.ledger.RunLedger;
import dev.allclear.aggregator.ledger.RunWindows;
import dev.allclear.aggregator.ledger.Step;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Where runs are judged: fetches a ledger, lets it take a step, keeps it, puts it on the agenda and says what there is to say. */
final class Bench {
    private final Policies policies;
    private final Memory stores;
    private final Outlet outlet;

    Bench(Policies policies, Memory stores, Outlet outlet) {
        this.policies = policies;
        this.stores = stores;
        this.outlet = outlet;
    }

    static String keyOf(DatabaseName database, RunId run) {
        return database + "/" + run;
    }

    Optional<RunLedger> find(DatabaseName database, RunId run) {
        return stores.ledgers().get(keyOf(database, run));
    }

    /** Lets a known or new run take a step. */
    RunLedger step(DatabaseName database, RunId run, Instant now, BiFunction<RunLedger, Policy, Step> how) {
        RunLedger before = find(database, run).orElseGet(() -> RunLedger.of(database, run, now));
        Policy policy = policies.of(database);
        Step step = how.apply(before, policy);
        if (!step.ledger().equals(before)) {
            keep(before, step.ledger(), policy);
        }
        step.verdict().ifPresent(verdict -> {
            FiringAlerts firing = stores.alerts().get(database.value()).orElse(FiringAlerts.NONE);
            FiringAlerts.Change change = firing.after(verdict, step.ledger());
            if (!change.alerts().equals(firing)) {
                stores.alerts().put(database.value(), change.alerts());
            }
            outlet.say(new VerdictReached(verdict));
            change.events().forEach(outlet::say);
        });
        return step.ledger();
    }

    /** Notes when the run went on, and tells its neighbours whom they overlapped. */
    void noteWindow(RunLedger ledger, Instant now) {
        String key = ledger.database().value();
        RunWindows before = windowsOf(ledger.database());
        RunWindows after = before.with(ledger);
        if (after.equals(before)) {
            return;
        }
        stores.windows().put(key, after);
        List<RunId> touched = Stream.concat(
                        before.overlapping(ledger.run()).stream(), after.overlapping(ledger.run()).stream())
                .distinct()
                .toList();
        touched.forEach(run -> tellOverlaps(ledger.database(), run, after, now));
    }

    /** When the runs of a database went on, as far as is known. */
    RunWindows windowsOf(DatabaseName database) {
        return stores.windows().get(database.value()).orElse(RunWindows.NONE);
    }

    private void tellOverlaps(DatabaseName database, RunId run, RunWindows windows, Instant now) {
        if (find(database, run).isPresent()) {
            step(database, run, now, (ledger, policy) -> ledger.overlapping(windows.overlapping(run), now, policy));
        }
    }

    /** Lets time pass for a run that is due; a decided one that has been quiet for long is forgotten. */
    void tick(String key, Instant now) {
        Optional<RunLedger> known = stores.ledgers().get(key);
        if (known.isEmpty()) {
            return;
        }
        RunLedger ledger = known.get();
        Policy policy = policies.of(ledger.database());
        if (ledger.isRetired(now, policy)) {
            stores.ledgers().delete(key);
            forgetWindow(ledger);
            return;
        }
        RunLedger after = step(ledger.database(), ledger.run(), now, (run, rules) -> run.at(now, rules));
        after.nextDue(policy).ifPresent(when -> stores.agenda().add(when, Memory.RUN + key));
        if (after.abandoned() && after.facts().completedSeen().isEmpty()) {
            forgetWindow(after);
        }
    }

    /** A run that is long over, or was given up, overlaps nothing that comes. */
    private void forgetWindow(RunLedger ledger) {
        String database = ledger.database().value();
        stores.windows().get(database).ifPresent(windows -> stores.windows()
                .put(database, windows.without(ledger.run())));
    }

    private void keep(RunLedger before, RunLedger after, Policy policy) {
        String key = keyOf(after.database(), after.run());
        Optional<Instant> was = before.nextDue(policy);
        Optional<Instant> is = after.nextDue(policy);
        if (!is.equals(was)) {
            was.ifPresent(when -> stores.agenda().remove(when, Memory.RUN + key));
            is.ifPresent(when -> stores.agenda().add(when, Memory.RUN + key));
        }
        stores.ledgers().put(key, after);
    }
}
