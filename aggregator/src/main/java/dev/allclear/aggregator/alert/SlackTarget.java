package dev.allclear.aggregator.alert;

import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Slack's incoming webhooks and what understands them (Mattermost, Rocket.Chat, Discord's {@code /slack}): one message an event. */
record SlackTarget(String name, Set<Decision> on, URI address) implements Target {
    private static final int LONGEST_SECTION = 2_900;
    private static final int MOST_LINES = 12;

    SlackTarget {
        on = Set.copyOf(on);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public Post post(Notice notice, Optional<Instant> firingSince, Instant now) {
        String head = sign(notice) + " " + escape(notice.alert().title());
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(section("*" + head + "*"));
        if (notice.state() != Notice.State.RESOLVED) {
            blocks.add(section(escape(notice.alert().summary())));
            lines(notice).forEach(line -> blocks.add(section("• " + escape(line))));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put(
                "text",
                notice.state() == Notice.State.RESOLVED
                        ? head
                        : head + "\n" + escape(notice.alert().summary()));
        message.put("blocks", blocks);
        return Post.json(address, message, Map.of());
    }

    private static List<String> lines(Notice notice) {
        List<String> lines = new ArrayList<>(notice.answers());
        notice.alert().findings().stream()
                .filter(finding -> !finding.message().equals(notice.alert().summary()))
                .map(SlackTarget::line)
                .forEach(lines::add);
        notice.alert().links().forEach((word, link) -> lines.add(word + ": " + link));
        return lines.subList(0, Math.min(MOST_LINES, lines.size()));
    }

    private static String line(Finding finding) {
        return finding.code() + ": " + finding.message();
    }

    private static String sign(Notice notice) {
        return switch (notice.state()) {
            case FIRING -> notice.decision() == Decision.FAIL ? "✗" : "?";
            case RESOLVED -> "✓ resolved:";
            case PASSED -> "✓";
        };
    }

    /** Verbatim: Slack then makes no mention and no link of what merely looks like one. */
    private static Map<String, Object> section(String text) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("type", "mrkdwn");
        words.put("text", text.length() <= LONGEST_SECTION ? text : SafeText.line(text, LONGEST_SECTION));
        words.put("verbatim", true);
        return Map.of("type", "section", "text", words);
    }

    /** Slack's own three escapes, and a mention of other chats broken by an invisible joint. */
    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@\u2060");
    }
}
