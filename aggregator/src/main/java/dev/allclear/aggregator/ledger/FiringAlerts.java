package dev.allclear.aggregator.ledger;

import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.AllclearEvent;
import dev.allclear.model.Alert;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The alerts of one database that still hold. A verdict fires its own once, settles those its run fired for another cause, and a PASS
 * resolves those of earlier runs of the same change.
 */
public record FiringAlerts(List<Entry> entries) {
    public static final FiringAlerts NONE = new FiringAlerts(List.of());
    private static final int MOST = 200;
    private static final int MOST_FINDINGS = 5;

    public FiringAlerts {
        entries = List.copyOf(entries);
    }

    /** An alert that was sent, and when its migration was over (or, not being over, when it was announced). */
    public record Entry(Alert alert, Instant runAt) {}

    /** What a verdict changes: the alerts that hold from now on, and what is to be said. */
    public record Change(FiringAlerts alerts, List<AllclearEvent> events) {}

    /** Takes in a verdict; one that is not final fires only when it is a FAIL, which nothing can undo. */
    public Change after(Verdict verdict, RunLedger ledger) {
        Instant runAt =
                ledger.facts().completedSeen().or(ledger.facts()::startedSeen).orElse(verdict.decidedAt());
        return switch (verdict.decision()) {
            case FAIL -> fire(alert(verdict, ledger, AlertSeverity.CRITICAL), runAt, verdict.decidedAt());
            case INCONCLUSIVE ->
                verdict.isFinal()
                        ? fire(alert(verdict, ledger, AlertSeverity.WARNING), runAt, verdict.decidedAt())
                        : new Change(this, List.of());
            case PASS ->
                verdict.isFinal()
                        ? resolve(
                                entry -> entry.alert().run().equals(verdict.run())
                                        || (entry.alert().change().equals(ledger.change())
                                                && !entry.runAt().isAfter(runAt)),
                                verdict.decidedAt())
                        : new Change(this, List.of());
        };
    }

    private Change fire(Alert alert, Instant runAt, Instant now) {
        Change settled = resolve(
                entry -> entry.alert().run().equals(alert.run())
                        && !entry.alert().alertId().equals(alert.alertId()),
                now);
        boolean isFiring = settled.alerts.entries.stream()
                .anyMatch(entry -> entry.alert().alertId().equals(alert.alertId()));
        if (isFiring) {
            return settled;
        }
        List<Entry> more = new ArrayList<>(settled.alerts.entries);
        more.add(new Entry(alert, runAt));
        List<AllclearEvent> events = new ArrayList<>(settled.events);
        events.add(new AlertFiring(alert, now));
        List<Entry> newest = more.size() > MOST ? more.subList(more.size() - MOST, more.size()) : more;
        return new Change(new FiringAlerts(newest), List.copyOf(events));
    }

    private Change resolve(Predicate<Entry> isOver, Instant now) {
        List<AllclearEvent> events = entries.stream()
                .filter(isOver)
                .<AllclearEvent>map(entry -> new AlertResolved(entry.alert(), now))
                .toList();
        return new Change(
                new FiringAlerts(entries.stream().filter(isOver.negate()).toList()), events);
    }

    private static Alert alert(Verdict verdict, RunLedger ledger, AlertSeverity severity) {
        String words = verdict.decision() == Decision.FAIL ? "action needed" : "not proven";
        List<Finding> findings = verdict.reasons().stream().limit(MOST_FINDINGS).toList();
        return new Alert(
                idOf(verdict.run(), verdict),
                verdict.run(),
                verdict.database(),
                ledger.change(),
                severity,
                "Migration " + verdict.run() + " of " + verdict.database() + ": " + words,
                findings.isEmpty() ? "No reason was recorded." : findings.get(0).message(),
                findings,
                ledger.facts().links());
    }

    /** The same for the same run and cause, however often and by whichever instance it is sent. */
    private static String idOf(RunId run, Verdict verdict) {
        return verdict.database() + "/" + run + "/" + verdict.decision().name().toLowerCase(Locale.ROOT);
    }
}
