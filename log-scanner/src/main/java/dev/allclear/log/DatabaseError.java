package dev.allclear.log;

import java.util.Optional;

/**
 * One PostgreSQL error as a log told it.
 *
 * @param sqlState where the log gave it
 * @param object what it is about, such as {@code orders.total}; empty where the log does not say
 * @param message the server's or driver's sentence, masked and bounded
 */
public record DatabaseError(ErrorKind kind, Optional<String> sqlState, String object, String message) {
    /** The same for the same error whenever and with whatever values it occurs: kind, object, and the text without numbers. */
    public String fingerprint() {
        StringBuilder text =
                new StringBuilder(kind.label()).append('|').append(object).append('|');
        boolean inNumber = false;
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit) {
                text.append(c);
            } else if (!inNumber) {
                text.append('#');
            }
            inNumber = digit;
        }
        return text.toString();
    }
}
