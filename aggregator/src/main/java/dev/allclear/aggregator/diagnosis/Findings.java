package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Finding;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** All that the checks of one run have found. */
record Findings(List<Finding> all) {
    Findings {
        all = List.copyOf(all);
    }

    static Findings of(List<CheckVerdict> checks) {
        return new Findings(
                checks.stream().flatMap(check -> check.findings().stream()).toList());
    }

    List<Finding> having(Set<String> codes) {
        return where(finding -> codes.contains(finding.code().value()));
    }

    List<Finding> having(String code) {
        return having(Set.of(code));
    }

    List<Finding> where(Predicate<Finding> condition) {
        return all.stream().filter(condition).toList();
    }

    /** A number that a finding gives as its evidence; 0 where it gives none. */
    static double number(Finding finding, String key) {
        return finding.evidence().get(key) instanceof Number number ? number.doubleValue() : 0;
    }

    /** A text that a finding gives as its evidence; empty where it gives none. */
    static String text(Finding finding, String key) {
        return finding.evidence().get(key) instanceof String text ? text : "";
    }
}
