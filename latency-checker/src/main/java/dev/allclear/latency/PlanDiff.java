package dev.allclear.latency;

import dev.allclear.model.Severity;
import java.util.Optional;

/**
 * How one plan compares with another of the same query. Costs are the planner's arbitrary units, where reading one page in
 * sequence is 1. Pure.
 *
 * @param reshaped whether nodes, relations or indexes differ
 * @param ratio cost after by cost before
 */
record PlanDiff(PlanShape before, PlanShape after, boolean reshaped, double ratio) {
    static final double WARNING_RATIO = 3;
    static final double ERROR_RATIO = 10;
    /** Below this rise a ratio says nothing: a plan of cost 0.3 may become one of 8 on a table of one page. */
    static final double LEAST_RISE = 100;

    static PlanDiff of(PlanShape before, PlanShape after) {
        return new PlanDiff(
                before, after, !before.shape().equals(after.shape()), after.cost() / Math.max(before.cost(), 0.01));
    }

    Optional<Severity> severity() {
        if (after.cost() - before.cost() < LEAST_RISE || ratio < WARNING_RATIO) {
            return Optional.empty();
        }
        return Optional.of(reshaped && ratio >= ERROR_RATIO ? Severity.ERROR : Severity.WARNING);
    }
}
