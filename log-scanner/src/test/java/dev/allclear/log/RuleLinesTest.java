package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * No rule without lines of our own: one that it decides, and, where more than its literal is asked for, one that holds the literal and
 * is no error. That all lines are read as they say is {@link LogClassifierTest}'s.
 */
class RuleLinesTest {
    private final List<Rule> rules = Rules.load().all();
    private final List<RuleLine> lines = RuleLine.all();

    @Test
    void everyRuleDecidesSomeLine() {
        LogClassifier classifier = new LogClassifier();
        Set<String> deciding = new HashSet<>();
        for (RuleLine line : lines) {
            if (line.isError()) {
                classifier.tell(line.text()).ifPresent(told -> deciding.add(name(told.rule())));
            }
        }

        assertThat(rules)
                .as("rules that decide no line of ours: add one to src/test/resources/dev/allclear/log/rules")
                .map(RuleLinesTest::name)
                .filteredOn(rule -> !deciding.contains(rule))
                .isEmpty();
    }

    @Test
    void everyRuleThatAsksForMoreThanItsLiteralLeavesSomeLineAlone() {
        Rules all = Rules.load();
        Set<String> holding = new HashSet<>();
        for (RuleLine line : lines) {
            if (!line.isError()) {
                all.touchedBy(line.text()).rules().forEach(rule -> holding.add(name(rule)));
            }
        }

        assertThat(rules)
                .as("rules whose literal stands in no line of ours that is no error: add one")
                .filteredOn(RuleLinesTest::asksForMoreThanItsLiteral)
                .map(RuleLinesTest::name)
                .filteredOn(rule -> !holding.contains(rule))
                .isEmpty();
    }

    @Test
    void noRuleStandsTwice() {
        assertThat(rules).map(RuleLinesTest::name).doesNotHaveDuplicates();
    }

    private static boolean asksForMoreThanItsLiteral(Rule rule) {
        return rule.needs() != Rule.Needs.NOTHING
                || !rule.pattern().matcher(rule.literal()).find();
    }

    private static String name(Rule rule) {
        return rule.kind().label() + " " + rule.needs() + " \"" + rule.literal() + "\" " + rule.pattern();
    }
}
