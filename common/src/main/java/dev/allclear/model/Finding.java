package dev.allclear.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thing a check found out, or could not find out.
 *
 * @param subject the object it is about, such as {@code public.orders}; empty where there is none
 * @param message a sentence that names the object, the number and the limit
 * @param remedy SQL or a command to paste, where there is one
 * @param evidence JSON-compatible values (strings, numbers, booleans, lists, maps); never row values or secrets
 */
public record Finding(
        FindingCode code,
        Severity severity,
        String subject,
        String message,
        Optional<String> remedy,
        Map<String, Object> evidence) {

    public Finding {
        if (message.isBlank()) {
            throw new IllegalArgumentException("finding " + code + " needs a message");
        }
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    public static Finding of(FindingCode code, Severity severity, String subject, String message) {
        return new Finding(code, severity, subject, message, Optional.empty(), Map.of());
    }

    public Finding withRemedy(String sqlOrCommand) {
        return new Finding(code, severity, subject, message, Optional.of(sqlOrCommand), evidence);
    }

    public Finding withEvidence(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(evidence);
        more.put(key, value);
        return new Finding(code, severity, subject, message, remedy, more);
    }
}
