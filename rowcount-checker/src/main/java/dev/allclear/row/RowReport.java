package dev.allclear.row;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answers of one run put together: findings worst first, measurements, and one sentence that says it all.
 *
 * @param unexamined one for each expectation that could not be read or joined with a table
 * @param others about the run as a whole
 */
record RowReport(List<Answer> answers, List<Finding> unexamined, List<Finding> others) {
    List<Finding> findings() {
        return Stream.concat(
                        answers.stream().flatMap(answer -> answer.finding().stream()),
                        Stream.concat(unexamined.stream(), others.stream()))
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    Map<String, Object> measurements() {
        return Map.of("tables", answers.stream().map(Answer::measurement).toList());
    }

    /** How many blocks counting took; what several expectations shared is counted once. */
    long blocks() {
        return answers.stream()
                .map(Answer::effort)
                .distinct()
                .flatMap(effort -> effort.blocks().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The worst thing first, then how many expectations hold; what else was seen is left to the findings. */
    String summary() {
        long holding =
                answers.stream().filter(answer -> answer.finding().isEmpty()).count();
        int declared = answers.size() + unexamined.size();
        List<String> sentences = new ArrayList<>();
        worst().ifPresent(sentences::add);
        if (declared > 1) {
            sentences.add(holding + " of " + declared + " row expectations hold");
        } else if (sentences.isEmpty()) {
            answers.stream()
                    .findFirst()
                    .map(Answer::sentence)
                    .or(() -> others.stream().findFirst().map(Finding::message))
                    .ifPresent(sentences::add);
        }
        return String.join(". ", sentences) + ".";
    }

    private Optional<String> worst() {
        Optional<Finding> finding = findings().stream()
                .filter(one -> one.severity() == Severity.ERROR || one.severity() == Severity.UNPROVEN)
                .findFirst();
        return finding.map(worst -> answers.stream()
                .filter(answer -> answer.finding().filter(worst::equals).isPresent())
                .map(Answer::sentence)
                .findFirst()
                .orElse(worst.message()));
    }
}
