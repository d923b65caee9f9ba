package dev.allclear.row;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of expectations that were looked into and do not hold, or cannot be said to. Codes are in {@link RowFindings}. */
final class ExpectationFindings {
    private ExpectationFindings() {}

    /** The count itself is against it; {@code reason} is what the rows that were missed have in common. */
    static Finding broken(Bound bound, Judgement judgement, List<String> keys, Optional<String> reason) {
        FindingCode code =
                switch (judgement.kind()) {
                    case MISSED -> RowFindings.INCOMPLETE_BACKFILL;
                    case DUPLICATES -> RowFindings.DUPLICATES;
                    default -> RowFindings.MISMATCH;
                };
        Finding finding = RowFindings.about(
                        bound,
                        code,
                        Severity.ERROR,
                        judgement.sentence() + reason.map(why -> "; " + why).orElse("") + among(bound, keys))
                .withEvidence("expected", judgement.expected())
                .withEvidence("actual", judgement.actual());
        if (judgement.missed() > 0) {
            finding = finding.withEvidence("missed", judgement.missed()).withEvidence("columns", columnsOf(bound));
        }
        if (reason.isPresent()) {
            finding = finding.withEvidence("pattern", reason.get());
        }
        return listed(bound, keys.isEmpty() ? finding : finding.withEvidence("keys", keys));
    }

    /** A full count was too slow, but one row without a value is proof enough. */
    static Finding someMissed(Bound bound, List<String> keys) {
        Finding finding = RowFindings.about(
                bound,
                RowFindings.INCOMPLETE_BACKFILL,
                Severity.ERROR,
                bound.relation() + ": at least one row has no " + columnsOf(bound)
                        + (keys.isEmpty()
                                ? ""
                                : ", for example " + keysOf(bound.relation()) + " " + String.join(", ", keys))
                        + "; how many is unknown, a full count did not finish in time");
        return listed(bound, finding.withEvidence("keys", keys));
    }

    /** A column that this migration added, nobody having declared that it must be filled. */
    static Finding newColumnNotFilled(Answer answer, Judgement judgement) {
        return answer.finding()
                .map(declared -> {
                    Finding asked = RowFindings.of(
                                    RowFindings.INCOMPLETE_BACKFILL,
                                    Severity.UNPROVEN,
                                    answer.table(),
                                    judgement.sentence()
                                            + "; the column is new, and whether every row should have it is not declared"
                                            + " (declare " + answer.says() + " to have it decided)")
                            .withEvidence("missed", judgement.missed());
                    return declared.remedy().map(asked::withRemedy).orElse(asked);
                })
                .orElseThrow();
    }

    static Finding differsFromBefore(Bound bound, Judgement judgement, Others others) {
        return comparedWithBefore(bound.relation().toString(), RowFindings.MISMATCH, judgement, others);
    }

    static Finding notConserved(BoundSum sum, Judgement judgement, Others others) {
        return comparedWithBefore(sum.subject(), RowFindings.NOT_CONSERVED, judgement, others);
    }

    private static Finding comparedWithBefore(String subject, FindingCode wrong, Judgement judgement, Others others) {
        boolean certain = others.leaveItToTheMigration();
        String sentence = judgement.kind() == Judgement.Kind.AS_BEFORE
                ? judgement.sentence() + ", which may be a coincidence: "
                : judgement.sentence() + "; ";
        return RowFindings.of(
                        certain ? wrong : RowFindings.CONCURRENT_WRITES,
                        certain ? Severity.ERROR : Severity.UNPROVEN,
                        subject,
                        sentence
                                + others.sentence()
                                + (certain ? "" : " (declare a tolerance, or bound the rows with where)"))
                .withEvidence("expected", judgement.expected())
                .withEvidence("actual", judgement.actual());
    }

    static Finding drifted(Bound bound, Judgement judgement, long drift) {
        return RowFindings.about(
                bound,
                RowFindings.CONCURRENT_WRITES,
                Severity.UNPROVEN,
                judgement.sentence() + "; counted in chunks, while others inserted or deleted " + Numbers.rows(drift)
                        + ", so the number may be off by as many");
    }

    static Finding noRows(Bound bound, Optional<Boolean> hadRows) {
        return RowFindings.about(
                bound,
                RowFindings.NO_ROWS,
                Severity.UNPROVEN,
                bound.relation() + ": has no rows, so " + bound.expectation().says()
                        + " holds of none and is not proven ("
                        + (hadRows.isPresent()
                                ? "it had rows before the migration"
                                : "whether it had any before the migration is unknown")
                        + "; declare how many there should be, such as rows: { min: 1 })");
    }

    static Finding noBaseline(String subject, String says, Judgement judgement, Optional<String> why) {
        return RowFindings.of(
                RowFindings.NO_BASELINE,
                Severity.UNPROVEN,
                subject,
                judgement.sentence() + ": nothing to compare " + says + " with, "
                        + why.orElse("no count was taken before the migration"));
    }

    /** A sum that could not be counted. */
    static Finding unanswered(BoundSum sum, SumCounter.Sum counted) {
        return counted.hidden()
                .map(relation -> RowFindings.hidden(relation, sum.expectation()))
                .orElseGet(() -> unanswered(sum, counted.why().orElseThrow()));
    }

    private static Finding unanswered(BoundSum sum, DatabaseFailure why) {
        Finding finding = RowFindings.of(
                RowFindings.codeOf(why),
                Severity.UNPROVEN,
                sum.subject(),
                sum.expectation().says() + " could not be examined: " + why.getMessage());
        return sum.to().stream()
                .filter(relation -> !relation.readable())
                .findFirst()
                .map(relation -> finding.withRemedy(RowFindings.grant(relation)))
                .orElse(finding);
    }

    private static String among(Bound bound, List<String> keys) {
        return keys.isEmpty() ? "" : "; among them " + keysOf(bound.relation()) + " " + String.join(", ", keys);
    }

    private static String columnsOf(Bound bound) {
        return bound.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String keysOf(Relation relation) {
        List<String> names = relation.primaryKey().stream().map(Column::name).toList();
        return names.size() == 1 ? names.get(0) : "(" + String.join(", ", names) + ")";
    }

    /** With a statement that lists the rows, where it needs no value that a stranger wrote. */
    private static Finding listed(Bound bound, Finding finding) {
        if (!bound.expectation().parameters().isEmpty() || bound.suspectsSql(1).isEmpty()) {
            return finding;
        }
        Relation relation = bound.relation();
        String what = relation.primaryKey().isEmpty()
                ? "*"
                : relation.primaryKey().stream().map(Column::sql).collect(Collectors.joining(", "));
        return finding.withRemedy("SELECT " + what + " FROM " + relation.sql() + " WHERE "
                + bound.suspectsSql(1).orElseThrow() + " LIMIT 100;");
    }
}
