package dev.allclear.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.EventJson;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.EventType;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.EventRecords;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What {@code docs/events.md} shows is what the services read. */
final class EventExamplesTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z]+\\.[a-z]+)[^\\n]*\\n(.*?)(?=^## |\\z)");
    private static final Pattern JSON = Pattern.compile("(?s)```json\\n(.*?)```");
    private static final Pattern BY_HAND = Pattern.compile("echo 'shop\\|(\\{.*?\\})'");

    private final String text = Project.text(Project.ROOT.resolve("docs/events.md"));

    @Test
    void everyExampleIsReadAsTheTypeOfItsSection() throws Exception {
        Set<EventType> shown = EnumSet.noneOf(EventType.class);
        for (MatchResult section : SECTION.matcher(text).results().toList()) {
            EventType type = typeOf(section.group(1)).orElseThrow();
            for (MatchResult example : JSON.matcher(section.group(2)).results().toList()) {
                AllclearEvent event = EventJson.read(type, example.group(1).getBytes(StandardCharsets.UTF_8));
                shown.add(event.type());
            }
        }

        assertThat(EnumSet.complementOf(EnumSet.copyOf(shown))).containsExactly(EventType.ALERT_RESOLVED);
    }

    @Test
    void bareJsonOfAConsoleProducerIsReadAsACompletion() {
        MatchResult command = BY_HAND.matcher(text).results().findFirst().orElseThrow();
        String json = command.group(1).replaceAll("'\\$\\(date[^)]*\\)'", "2026-01-31T12:00:00Z");

        Decoded decoded = EventRecords.decode(new RecordHeaders(), json.getBytes(StandardCharsets.UTF_8));

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Event.class, event -> assertThat(
                        event.event().type())
                .isEqualTo(EventType.MIGRATION_COMPLETED));
    }

    private static Optional<EventType> typeOf(String name) {
        return EventType.ofWireName("dev.allclear." + name + ".v1");
    }
}
