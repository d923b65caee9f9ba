package dev.allclear.aggregator.alert;

import dev.allclear.config.Secret;
import dev.allclear.config.Section;
import dev.allclear.model.Decision;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The kinds of targets, and the settings each has of its own. */
enum TargetKind {
    ALERTMANAGER {
        @Override
        Target read(String name, Set<Decision> on, Section section) {
            if (on.contains(Decision.PASS)) {
                section.mistake("on", "may not contain PASS: Alertmanager is told of what fires and what is over");
            }
            Duration every = section.duration("resend", Duration.ofMinutes(1));
            if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
                section.mistake("resend", "must be from 1s to 1h");
                every = Duration.ofMinutes(1);
            }
            return new AlertmanagerTarget(
                    name,
                    on,
                    address(section, "url", Optional.empty(), base -> base + "/api/v2/alerts"),
                    authorization(section),
                    every);
        }
    },
    SLACK {
        @Override
        Target read(String name, Set<Decision> on, Section section) {
            return new SlackTarget(name, on, address(section, "url", Optional.empty(), UnaryOperator.identity()));
        }
    },
    PAGERDUTY {
        @Override
        Target read(String name, Set<Decision> on, Section section) {
            Optional<String> standard = Optional.of("https://events.pagerduty.com");
            Secret key = section.referredSecret("routing-key").orElseGet(() -> {
                section.mistake(
                        "routing-key", "is required: the integration key of a service's Events API v2 integration");
                return new Secret("");
            });
            return new PagerDutyTarget(
                    name,
                    on,
                    address(section, "url", standard, base -> base + "/v2/enqueue"),
                    address(section, "url", standard, base -> base + "/v2/change/enqueue"),
                    key);
        }
    },
    WEBHOOK {
        @Override
        Target read(String name, Set<Decision> on, Section section) {
            return new WebhookTarget(
                    name,
                    on,
                    address(section, "url", Optional.empty(), UnaryOperator.identity()),
                    authorization(section),
                    section.referredSecret("secret"));
        }
    };

    private static final URI NOWHERE = URI.create("http://localhost");

    /** Reads what is this kind's own; where something is wrong the mistake is noted and the target good for nothing. */
    abstract Target read(String name, Set<Decision> on, Section section);

    /** An address may be a secret (Slack's are): a wrong one is not repeated. */
    private static URI address(Section section, String key, Optional<String> standard, UnaryOperator<String> whole) {
        Optional<String> text =
                section.string(key).filter(value -> !value.isBlank()).or(() -> standard);
        if (text.isEmpty()) {
            section.mistake(key, "is required");
            return NOWHERE;
        }
        Optional<URI> address = Addresses.parse(text.get());
        if (address.isEmpty()) {
            section.mistake(
                    key, "must be an address that begins with https:// or http:// (what is there now is not shown)");
            return NOWHERE;
        }
        if (address.get().getRawUserInfo() != null) {
            section.mistake(key, "must not carry a user and password; use `authorization` where the target knows it");
            return NOWHERE;
        }
        return URI.create(whole.apply(text.get().strip().replaceFirst("/+$", "")));
    }

    private static Map<String, String> authorization(Section section) {
        Map<String, String> headers = new LinkedHashMap<>();
        section.referredSecret("authorization").ifPresent(value -> {
            if (value.reveal().chars().anyMatch(c -> c < ' ' || c > '~')) {
                section.mistake("authorization", "must be one line of plain characters, such as \"Bearer …\"");
            } else {
                headers.put("authorization", value.reveal());
            }
        });
        return headers;
    }
}
