package dev.allclear.aggregator.alert;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.model.Alert;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a target is to be told, cut down to sizes that every target takes and free of control characters, whoever published it.
 *
 * @param eventId the event's own id, the same however often it is sent
 * @param wireType the event's type as CloudEvents name it
 * @param decision the verdict behind it
 * @param alert what it says; for a PASS the answers of the checks stand in its findings' place, in {@code answers}
 * @param answers one line a check; empty unless the verdict is PASS
 */
record Notice(
        State state,
        String eventId,
        String wireType,
        String source,
        Decision decision,
        Alert alert,
        List<String> answers,
        Instant at) {
    private static final int LONGEST_ID = 250;
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_SUMMARY = 1_000;
    private static final int LONGEST_MESSAGE = 600;
    private static final int LONGEST_REMEDY = 1_200;
    private static final int LONGEST_EVIDENCE = 2_000;
    private static final int MOST_FINDINGS = 10;
    private static final int MOST_LINKS = 10;
    private static final int MOST_ANSWERS = 40;

    enum State {
        FIRING,
        RESOLVED,
        /** A migration that is safe to keep; nothing fires. */
        PASSED
    }

    Notice {
        answers = List.copyOf(answers);
    }

    /** Empty for an event that is nobody's alert: a verdict that is not final or no PASS, whose alert has an event of its own. */
    static Optional<Notice> of(ReceivedEvent received) {
        AllclearEvent event = received.event();
        if (event instanceof AlertFiring firing) {
            return Optional.of(of(State.FIRING, received, firing.alert(), firing.at()));
        }
        if (event instanceof AlertResolved resolved) {
            return Optional.of(of(State.RESOLVED, received, resolved.alert(), resolved.at()));
        }
        if (event instanceof VerdictReached reached
                && reached.verdict().isFinal()
                && reached.verdict().decision() == Decision.PASS) {
            return Optional.of(passed(received, reached.verdict()));
        }
        return Optional.empty();
    }

    /** The payload of the event, as the contract says, but bounded. */
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>(
                EventJson.toMap(state == State.RESOLVED ? new AlertResolved(alert, at) : new AlertFiring(alert, at)));
        if (state == State.PASSED) {
            data.keySet().retainAll(List.of("runId", "database", "title", "summary"));
            data.put("decision", decision.name());
            data.put("answers", answers);
            data.put("decidedAt", at.toString());
        }
        return data;
    }

    private static Notice of(State state, ReceivedEvent received, Alert alert, Instant at) {
        return new Notice(
                state,
                SafeText.line(received.id(), LONGEST_ID),
                received.event().type().wireName(),
                SafeText.line(received.source(), LONGEST_ID),
                alert.severity() == AlertSeverity.CRITICAL ? Decision.FAIL : Decision.INCONCLUSIVE,
                bounded(alert),
                List.of(),
                at);
    }

    private static Notice passed(ReceivedEvent received, Verdict verdict) {
        List<String> answers = verdict.checks().stream()
                .limit(MOST_ANSWERS)
                .map(check -> SafeText.line(check.check() + ": " + check.summary(), LONGEST_MESSAGE))
                .toList();
        Alert words = new Alert(
                verdict.database() + "/" + verdict.run() + "/pass",
                verdict.run(),
                verdict.database(),
                "",
                AlertSeverity.WARNING,
                "Migration " + verdict.run() + " of " + verdict.database() + ": safe to keep",
                "Every required check answered and none objects.",
                List.of(),
                Map.of());
        return new Notice(
                State.PASSED,
                SafeText.line(received.id(), LONGEST_ID),
                received.event().type().wireName(),
                SafeText.line(received.source(), LONGEST_ID),
                Decision.PASS,
                words,
                answers,
                verdict.decidedAt());
    }

    private static Alert bounded(Alert alert) {
        Map<String, String> links = new TreeMap<>();
        new TreeMap<>(alert.links())
                .entrySet().stream()
                        .limit(MOST_LINKS)
                        .forEach(link -> links.put(
                                SafeText.line(link.getKey(), LONGEST_ID),
                                SafeText.line(link.getValue(), LONGEST_SUMMARY)));
        return new Alert(
                SafeText.line(alert.alertId(), LONGEST_ID),
                alert.run(),
                alert.database(),
                SafeText.line(alert.change(), LONGEST_ID),
                alert.severity(),
                SafeText.line(alert.title(), LONGEST_TITLE),
                SafeText.line(alert.summary(), LONGEST_SUMMARY),
                alert.findings().stream()
                        .limit(MOST_FINDINGS)
                        .map(Notice::bounded)
                        .toList(),
                links);
    }

    private static Finding bounded(Finding finding) {
        String message = SafeText.line(finding.message(), LONGEST_MESSAGE);
        return new Finding(
                finding.code(),
                finding.severity(),
                SafeText.line(finding.subject(), LONGEST_ID),
                message.isBlank() ? "(no readable message)" : message,
                finding.remedy()
                        .filter(remedy -> remedy.length() <= LONGEST_REMEDY)
                        .map(remedy -> remedy.lines()
                                .map(line -> SafeText.line(line, LONGEST_REMEDY))
                                .collect(Collectors.joining("\n"))),
                fits(finding.evidence()) ? finding.evidence() : Map.of());
    }

    /** Half a character, which JSON lets in by an escape, cannot be written. */
    private static boolean fits(Map<String, Object> evidence) {
        try {
            return Json.write(evidence).length() <= LONGEST_EVIDENCE;
        } catch (IllegalArgumentException unwritable) {
            return false;
        }
    }
}
