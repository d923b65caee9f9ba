package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** As many rows in {@code to} afterwards, all together, as there were in {@code from} before: rows may move, none may be lost. */
record Conserved(List<String> from, List<String> to, Tolerance tolerance) implements Expectation {
    Conserved {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    @Override
    public List<String> tables() {
        return Stream.concat(from.stream(), to.stream()).distinct().toList();
    }

    @Override
    public String says() {
        return "conserved: " + joined(from) + " -> " + joined(to)
                + (tolerance.equals(Tolerance.NONE) ? "" : ", tolerance " + tolerance);
    }

    @Override
    public boolean needsBefore() {
        return true;
    }

    Judgement judge(long after, Optional<Long> before) {
        String subject = joined(to) + ": " + Numbers.rows(after);
        if (before.isEmpty()) {
            return new Judgement(
                    Judgement.Kind.NOTHING_TO_COMPARE,
                    "as in " + joined(from) + " before",
                    after,
                    0,
                    0,
                    subject + " together, before unknown");
        }
        RowGoal.Range expected = new RowGoal.Range(before.get(), before.get());
        String sentence = subject + " together, " + Numbers.text(before.get()) + " in " + joined(from) + " before";
        return Judgement.comparedWithBefore(expected, after, tolerance, sentence);
    }

    private static String joined(List<String> names) {
        return names.stream().map(Excerpt::of).collect(Collectors.joining(" + "));
    }
}
