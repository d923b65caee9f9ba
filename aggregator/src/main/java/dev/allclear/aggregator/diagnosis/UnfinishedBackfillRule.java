package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The row check found rows without a value in a column, and the next step will stumble over them: a constraint on that column that this
 * run added and nobody has validated yet, or an application whose writes without the value are refused already.
 */
final class UnfinishedBackfillRule implements CauseRule {
    @Override
    public String name() {
        return "unfinished-backfill";
    }

    @Override
    public List<Diagnosis> causes(Findings findings) {
        List<Diagnosis> causes = new ArrayList<>();
        for (Finding backfill : findings.having("rows.incomplete-backfill")) {
            String column = Findings.text(backfill, "columns");
            double missed = Findings.number(backfill, "missed");
            if (column.isBlank() || missed == 0) {
                continue;
            }
            String sentence = String.format(
                    Locale.ROOT,
                    "the backfill missed %,d row%s of %s without %s, and ",
                    (long) missed,
                    missed == 1 ? "" : "s",
                    backfill.subject(),
                    column);
            findings.having("status.constraint-not-validated").stream()
                    .filter(constraint -> isOn(constraint, backfill.subject(), column))
                    .forEach(constraint -> causes.add(new Diagnosis(
                            sentence + constraint.subject()
                                    + ", which this run added on that column, is still to be validated and may break on them",
                            List.of(backfill.code(), constraint.code()))));
            findings.having("logs.not-null-violation").stream()
                    .filter(refused -> Names.isColumn(refused.subject(), backfill.subject(), column))
                    .forEach(refused -> causes.add(new Diagnosis(
                            sentence + "the application's own writes without it are refused",
                            List.of(backfill.code(), refused.code()))));
        }
        return causes;
    }

    private static boolean isOn(Finding constraint, String table, String column) {
        return Findings.text(constraint, "table").equals(table)
                && List.of(Findings.text(constraint, "columns").split(", ")).contains(column);
    }
}
