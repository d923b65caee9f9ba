package dev.allclear.status.tool;

import dev.allclear.status.tool.Step.State;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a target version counts as applied, by what a tool's table holds. */
public enum TargetRule {
    /** A row for each migration; the last one that names the target decides. */
    EACH_ROW,
    /**
     * Only the heads, by name: the last target must be one of them, and when it is the only one, the earlier targets lie behind it. With
     * several heads an earlier target may lie behind any of them, or be missing on a branch.
     */
    HEADS,
    /** One row, a number: the version it stands at. The last target must be that version, an earlier one lies behind it. */
    NUMBERED_HEAD;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /**
     * What the table says of one target.
     *
     * @param steps all rows, oldest first
     * @param targets the run's targets in their order
     * @param index which of them is asked for
     */
    Presence presence(List<Step> steps, List<String> targets, int index, BiPredicate<Step, String> naming) {
        String target = targets.get(index);
        boolean last = index == targets.size() - 1;
        return switch (this) {
            case EACH_ROW -> lastWord(steps, target, naming);
            case HEADS -> {
                Presence own = lastWord(steps, target, naming);
                Presence head = lastWord(steps, targets.get(targets.size() - 1), naming);
                yield own == Presence.PRESENT || last
                        ? own
                        : head == Presence.PRESENT && steps.size() > 1 ? Presence.UNKNOWN : head;
            }
            case NUMBERED_HEAD -> behindHead(steps, target, last);
        };
    }

    private static Presence lastWord(List<Step> steps, String target, BiPredicate<Step, String> naming) {
        Presence presence = Presence.MISSING;
        for (Step step : steps) {
            if (step.state() != State.BOOKKEEPING && naming.test(step, target)) {
                presence = switch (step.state()) {
                    case APPLIED, REPEATED, RECORDED -> Presence.PRESENT;
                    case FAILED, DIRTY -> Presence.FAILED;
                    case REVERTED, BOOKKEEPING -> Presence.MISSING;
                };
            }
        }
        return presence;
    }

    private static Presence behindHead(List<Step> steps, String named, boolean last) {
        String target = named.substring(named.lastIndexOf('/') + 1);
        if (steps.isEmpty() || !NUMBER.matcher(target).lookingAt()) {
            return Presence.MISSING;
        }
        Step head = steps.get(steps.size() - 1);
        int order = number(head.label()).compareTo(number(target));
        if (order == 0 && head.state() == State.DIRTY) {
            return Presence.FAILED;
        }
        return order == 0 || (order > 0 && !last) ? Presence.PRESENT : Presence.MISSING;
    }

    /** The leading digits: a target may be written as its file, {@code 000042_add_currency}. */
    private static BigInteger number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.lookingAt() ? new BigInteger(matcher.group()) : BigInteger.ONE.negate();
    }
}
