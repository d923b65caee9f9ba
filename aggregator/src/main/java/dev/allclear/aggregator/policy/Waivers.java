package dev.allclear.aggregator.policy;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.Section;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.FindingCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads {@code waivers}: a list of findings accepted, each with its database, reason, author and end. */
final class Waivers {
    private static final int LONGEST_TEXT = 300;

    private Waivers() {}

    /** By database; mistakes are noted in the configuration. */
    static Map<DatabaseName, List<Waiver>> read(AllclearConfig config) {
        Map<DatabaseName, List<Waiver>> byDatabase = new TreeMap<>();
        for (Section section : config.root().sections("waivers")) {
            Optional<DatabaseName> database = name(section, "database", DatabaseName::new);
            Optional<Waiver> waiver = read(section);
            section.rejectOtherKeys();
            if (database.isPresent() && waiver.isPresent()) {
                byDatabase
                        .computeIfAbsent(database.get(), first -> new ArrayList<>())
                        .add(waiver.get());
            }
        }
        return byDatabase;
    }

    private static Optional<Waiver> read(Section section) {
        Optional<FindingCode> code = name(section, "code", FindingCode::new);
        Optional<String> subject = section.string("subject");
        String by = words(section, "by");
        String reason = words(section, "reason");
        Optional<Instant> until = until(section);
        if (code.filter(named -> named.value().startsWith(Waiver.NOT_TO_BE_WAIVED))
                .isPresent()) {
            section.mistake(
                    "code",
                    code.get() + " cannot be waived: it says that evidence is missing; to do without a check, drop it"
                            + " from policy.required");
            return Optional.empty();
        }
        if (subject.filter(String::isBlank).isPresent()) {
            section.mistake("subject", "is empty; leave it out to accept the finding of any object");
        }
        return code.isEmpty() || until.isEmpty() || by.isBlank() || reason.isBlank()
                ? Optional.empty()
                : Optional.of(new Waiver(code.get(), subject, by, reason, until.get()));
    }

    private static <T> Optional<T> name(Section section, String key, Function<String, T> read) {
        String text = section.required(key);
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(read.apply(text));
        } catch (IllegalArgumentException badName) {
            section.mistake(key, String.valueOf(badName.getMessage()));
            return Optional.empty();
        }
    }

    private static String words(Section section, String key) {
        String text = section.required(key).strip();
        if (text.length() > LONGEST_TEXT) {
            section.mistake(key, "is longer than " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    /** A date counts to its end, in UTC. */
    private static Optional<Instant> until(Section section) {
        String text = section.required("until").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.length() == "2027-03-31".length()
                            ? LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            section.mistake(
                    "until",
                    "\"" + text + "\" is neither a date such as 2027-03-31 nor a time such as 2027-03-31T12:00:00Z");
            return Optional.empty();
        }
    }
}
