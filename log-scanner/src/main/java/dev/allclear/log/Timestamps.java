package dev.allclear.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the time at the head of a log line: ISO-like dates, Apache's, syslog's, a time of day alone, and epoch numbers in JSON.
 * Patterns are applied to a bounded head and cannot backtrack.
 *
 * @param zone where times without a zone were written
 * @param reference a time near the line's, from which a missing year or day is taken
 */
record Timestamps(ZoneId zone, Instant reference) {
    private static final int HEAD = 90;
    private static final int JSON_HEAD = 400;
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?(?: ?(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)(?![\\w-]))?");
    private static final Pattern APACHE =
            Pattern.compile("(\\d\\d)/([A-Z][a-z]{2})/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d) ([+-]\\d{4})");
    private static final Pattern SYSLOG =
            Pattern.compile("^(?:<\\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (\\d\\d):(\\d\\d):(\\d\\d)");
    private static final Pattern TIME = Pattern.compile("^\\[?(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?\\b");
    private static final Pattern EPOCH = Pattern.compile(
            "\"(?:time|ts|timestamp|@timestamp|t)\": ?\"?(1\\d{9})(?:\\.(\\d{1,9})|(\\d{3}))?\\d{0,6}[,}\"]");
    private static final Pattern JSON_TIME = Pattern.compile(
            "\"(?:@?time|@?timestamp|@?t|ts|date|datetime|asctime|eventTime)\": ?\"(?=\\d{4}[-/])",
            Pattern.CASE_INSENSITIVE);
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    Optional<Instant> in(String line) {
        boolean json = line.startsWith("{");
        if (!json && !hasTimeOfDay(line)) {
            return Optional.empty();
        }
        String head = line.substring(0, Math.min(line.length(), json ? JSON_HEAD : HEAD));
        try {
            return read(head, json);
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private Optional<Instant> read(String head, boolean json) {
        Matcher iso = ISO.matcher(head);
        if (findsTime(iso, head, json)) {
            LocalDateTime time = LocalDateTime.of(
                            number(iso, 1),
                            number(iso, 2),
                            number(iso, 3),
                            number(iso, 4),
                            number(iso, 5),
                            number(iso, 6))
                    .withNano(nanos(iso.group(7)));
            return Optional.of(time.atZone(zoneOf(iso.group(8))).toInstant());
        }
        if (json) {
            Matcher epoch = EPOCH.matcher(head);
            if (epoch.find()) {
                String fraction = epoch.group(2) != null ? epoch.group(2) : epoch.group(3);
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(epoch.group(1)), nanos(fraction)));
            }
            return Optional.empty();
        }
        Matcher apache = APACHE.matcher(head);
        if (apache.find() && MONTHS.contains(apache.group(2))) {
            LocalDateTime time = LocalDateTime.of(
                    number(apache, 3),
                    MONTHS.indexOf(apache.group(2)) + 1,
                    number(apache, 1),
                    number(apache, 4),
                    number(apache, 5),
                    number(apache, 6));
            return Optional.of(time.atZone(ZoneOffset.of(apache.group(7))).toInstant());
        }
        Matcher syslog = SYSLOG.matcher(head);
        if (syslog.find() && MONTHS.contains(syslog.group(1))) {
            int year = reference.atZone(zone).getYear();
            LocalDateTime time = LocalDateTime.of(
                    year,
                    MONTHS.indexOf(syslog.group(1)) + 1,
                    number(syslog, 2),
                    number(syslog, 3),
                    number(syslog, 4),
                    number(syslog, 5));
            Instant stamped = time.atZone(zone).toInstant();
            boolean lastYear = stamped.isAfter(reference.plusSeconds(86_400 * 180L));
            return Optional.of(lastYear ? time.minusYears(1).atZone(zone).toInstant() : stamped);
        }
        Matcher time = TIME.matcher(head);
        if (time.find()) {
            LocalTime ofDay = LocalTime.of(number(time, 1), number(time, 2), number(time, 3), nanos(time.group(4)));
            Instant today = ofDay.atDate(reference.atZone(zone).toLocalDate())
                    .atZone(zone)
                    .toInstant();
            return Optional.of(today.isAfter(reference.plusSeconds(43_200)) ? today.minusSeconds(86_400) : today);
        }
        return Optional.empty();
    }

    /** What a line begins with, or a field of that name, is its time; a date elsewhere belongs to its text. */
    private static boolean findsTime(Matcher iso, String head, boolean json) {
        if (!json) {
            return !SYSLOG.matcher(head).find() && !TIME.matcher(head).find() && iso.find();
        }
        Matcher field = JSON_TIME.matcher(head);
        return field.find() ? iso.find(field.end()) : !EPOCH.matcher(head).find() && iso.find();
    }

    /** Cheap, for the many lines without: {@code 12:34:56} somewhere in the head. */
    private static boolean hasTimeOfDay(String line) {
        int end = Math.min(line.length(), HEAD) - 3;
        for (int i = 2; i < end; i++) {
            if (line.charAt(i) == ':'
                    && line.charAt(i + 3) == ':'
                    && isDigit(line.charAt(i - 1))
                    && isDigit(line.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private ZoneId zoneOf(@org.jspecify.annotations.Nullable String written) {
        if (written == null) {
            return zone;
        }
        return written.equals("UTC") || written.equals("GMT") ? ZoneOffset.UTC : ZoneOffset.of(written);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static int nanos(@org.jspecify.annotations.Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
