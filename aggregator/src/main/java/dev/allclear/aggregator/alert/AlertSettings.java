package dev.allclear.aggregator.alert;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.Section;
import dev.allclear.model.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who is to be told: the {@code alerts} part of the configuration, a list of targets, each a map with its kind as the only key. */
public record AlertSettings(List<Recipient> recipients) {
    private static final Set<Decision> BAD_NEWS = EnumSet.of(Decision.FAIL, Decision.INCONCLUSIVE);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(7);

    public AlertSettings {
        recipients = List.copyOf(recipients);
    }

    /** Addresses may be secrets, so that only names are printed. */
    record Recipient(Target target, Patience patience) {
        @Override
        public String toString() {
            return target.name();
        }
    }

    /** Reads all targets; mistakes are noted in the configuration. */
    public static AlertSettings read(AllclearConfig config) {
        List<Recipient> recipients = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section item : config.root().sections("alerts")) {
            kindOf(item).ifPresent(kind -> {
                Section section = item.section(wordOf(kind));
                Recipient recipient = read(kind, section);
                if (!names.add(recipient.target().name())) {
                    section.mistake(
                            "name",
                            "\"" + recipient.target().name()
                                    + "\" is another target's already: give each one of its own");
                }
                recipients.add(recipient);
            });
        }
        return new AlertSettings(recipients);
    }

    private static Optional<TargetKind> kindOf(Section item) {
        Optional<TargetKind> kind = item.keys().size() == 1
                ? Arrays.stream(TargetKind.values())
                        .filter(candidate ->
                                wordOf(candidate).equals(item.keys().get(0)))
                        .findFirst()
                : Optional.empty();
        if (kind.isEmpty()) {
            item.noteHere("must be a map with exactly one key, the kind of target: "
                    + Arrays.stream(TargetKind.values())
                            .map(AlertSettings::wordOf)
                            .collect(Collectors.joining(", ")));
        }
        return kind;
    }

    private static Recipient read(TargetKind kind, Section section) {
        String name = section.string("name", wordOf(kind));
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            section.mistake("name", "must be up to 40 small letters, digits and dashes");
        }
        Duration timeout = within(section, "timeout", Patience.DEFAULT.timeout(), LONGEST_TIMEOUT);
        Duration expiry = within(section, "expire-after", Patience.DEFAULT.expireAfter(), LONGEST_EXPIRY);
        Target target = kind.read(name, decisions(section), section);
        section.rejectOtherKeys();
        return new Recipient(target, Patience.DEFAULT.withTimes(timeout, expiry));
    }

    private static Duration within(Section section, String key, Duration fallback, Duration longest) {
        Duration value = section.duration(key, fallback);
        if (value.isZero() || value.compareTo(longest) > 0) {
            section.mistake(
                    key, "must be longer than nothing and at most " + dev.allclear.model.Durations.format(longest));
            return fallback;
        }
        return value;
    }

    private static Set<Decision> decisions(Section section) {
        if (!section.has("on")) {
            return BAD_NEWS;
        }
        Set<Decision> decisions = EnumSet.noneOf(Decision.class);
        for (String text : section.strings("on")) {
            Optional<Decision> decision = Arrays.stream(Decision.values())
                    .filter(candidate -> candidate.name().equals(text))
                    .findFirst();
            if (decision.isEmpty()) {
                section.mistake("on", "may contain only PASS, FAIL and INCONCLUSIVE");
            }
            decision.ifPresent(decisions::add);
        }
        if (decisions.isEmpty()) {
            section.mistake("on", "must name at least one of PASS, FAIL and INCONCLUSIVE");
        }
        return decisions;
    }

    private static String wordOf(TargetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
