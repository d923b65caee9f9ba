package dev.allclear.row;

import dev.allclear.model.Finding;
import dev.allclear.postgres.Visit;
import dev.allclear.row.ModificationJudge.Modification;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For a run that says that it changes data: whether anything was changed, and, when nothing was declared about rows, whether the
 * columns that it added are filled. Counters cannot prove that every row got what it should, so without declared expectations
 * only completely filled new columns pass.
 */
final class ModificationExamination {
    private static final Duration STEP = Duration.ofMillis(500);
    private static final int MOST_NEW_COLUMNS = 50;
    private static final int MOST_TOTALS = 10;

    private final Visit visit;
    private final Traffic traffic;
    private final Duration patience;

    /**
     * @param patience how long to wait for late statistics before it is said that nothing changed; an idle session reports up to
     *     10 s late (PGSTAT_IDLE_INTERVAL)
     */
    ModificationExamination(Visit visit, Traffic traffic, Duration patience) {
        this.visit = visit;
        this.traffic = traffic;
        this.patience = patience;
    }

    /** Findings about the run as a whole; {@code answered} says whether declared expectations answer the question already. */
    Future<List<Finding>> examine(
            Question question, Map<String, Footprint> measured, boolean answered, RowExamination rows) {
        Map<String, Footprint> before = asked(question, measured);
        return settled(question, before, System.nanoTime()).compose(after -> {
            if (after.isEmpty()) {
                return Future.succeededFuture(List.of(RowFindings.tooManyTables()));
            }
            Footprints now = after.get();
            Modification modification = ModificationJudge.between(before, now.byName());
            Future<List<Finding>> findings = answered
                    ? Future.succeededFuture(judged(modification, now.counting(), false))
                    : undeclared(newColumns(before, now), modification, now.counting(), rows);
            return findings.map(found -> Stream.concat(found.stream(), unknownTables(question, before, now))
                    .toList());
        });
    }

    /** Only the end may name tables: those measured besides them are no answer, and must not look as if they were gone. */
    private static Map<String, Footprint> asked(Question question, Map<String, Footprint> measured) {
        Map<String, Footprint> asked = new TreeMap<>(measured);
        if (!question.tables().isEmpty()) {
            asked.values().removeIf(footprint -> question.tables().stream().noneMatch(footprint::isMeantBy));
        }
        return asked;
    }

    /** Tables that the run names and that are neither there nor were. */
    private static Stream<Finding> unknownTables(Question question, Map<String, Footprint> before, Footprints after) {
        return question.tables().stream()
                .filter(name -> Stream.concat(before.values().stream(), after.byName().values().stream())
                        .noneMatch(footprint -> footprint.isMeantBy(name)))
                .map(name -> RowFindings.tableNotFound(name, "named under tables"));
    }

    /** Looks again until something has moved or patience is at its end. */
    private Future<Optional<Footprints>> settled(Question question, Map<String, Footprint> before, long begun) {
        return watched(visit, question).compose(now -> {
            boolean nothing = now.filter(seen -> seen.counting()
                            && ModificationJudge.between(before, seen.byName()).isNothing())
                    .isPresent();
            return nothing && System.nanoTime() - begun < patience.toNanos()
                    ? traffic.pause(STEP).compose(waited -> settled(question, before, begun))
                    : Future.succeededFuture(now);
        });
    }

    /** The footprints of the tables named, else of every user table. */
    static Future<Optional<Footprints>> watched(Visit visit, Question question) {
        if (question.tables().isEmpty()) {
            return Footprints.ofAll(visit);
        }
        return Catalog.read(visit, question.tables())
                .compose(catalog -> Footprints.of(
                        visit,
                        question.tables().stream()
                                .flatMap(name -> catalog.find(name).stream())
                                .toList()))
                .map(Optional::of);
    }

    private List<Finding> judged(Modification modification, boolean counting, boolean alone) {
        if (modification.isNothing() && counting) {
            return modification.untouched().isEmpty()
                    ? List.of(RowFindings.onlyCounters(
                            "the run says that it changes data, but there is no table to look at"))
                    : List.of(RowFindings.nothingModified(modification.untouched(), patience));
        }
        String doubt = !counting
                ? "the server does not count changed rows (track_counts is off)"
                : modification.statisticsLost()
                        ? "the server's statistics were reset during the run"
                        : "about " + Numbers.text(modification.tuples()) + " row changes in "
                                + modification.changed().size() + " of "
                                + (modification.changed().size()
                                        + modification.untouched().size())
                                + " tables by anyone, rolled back changes included"
                                + totals(modification);
        return List.of(
                alone
                        ? RowFindings.onlyCounters(doubt
                                + "; whether every row got what it should is not declared: add expectations, such as"
                                + " { table: public.orders, filled: currency }")
                        : RowFindings.notAsked(doubt + "; the declared expectations are what was examined"));
    }

    /** The tables whose totals moved, as far as there is room. */
    private static String totals(Modification modification) {
        return modification.totals().isEmpty()
                ? ""
                : modification.totals().stream()
                        .limit(MOST_TOTALS)
                        .collect(Collectors.joining(
                                "; ", " (", modification.totals().size() > MOST_TOTALS ? "; …)" : ")"));
    }

    private List<Finding> withNewColumns(List<Answer> answers, Modification modification, boolean counting) {
        List<Finding> findings = new ArrayList<>();
        answers.forEach(answer -> answer.finding().ifPresent(findings::add));
        boolean someFilled = answers.stream()
                .anyMatch(answer ->
                        answer.judgement().filter(seen -> seen.actual() > 0).isPresent());
        boolean allFilled = someFilled && findings.isEmpty();
        if (allFilled) {
            findings.add(RowFindings.notAsked("every new column is filled ("
                    + String.join("; ", answers.stream().map(Answer::sentence).toList())
                    + "); anything else about rows was not declared"));
        } else if (!someFilled || !modification.isNothing()) {
            findings.addAll(judged(modification, counting, true));
        }
        return findings;
    }

    private static List<Expectation> newColumns(Map<String, Footprint> before, Footprints after) {
        List<Expectation> derived = new ArrayList<>();
        after.byName().forEach((name, footprint) -> ModificationJudge.newColumns(
                        Optional.ofNullable(before.get(name)), footprint)
                .forEach(column -> derived.add(new Filled(name, column))));
        return derived;
    }

    /** Those that are too many to look into are left open, never taken for filled. */
    private Future<List<Finding>> undeclared(
            List<Expectation> derived, Modification modification, boolean counting, RowExamination rows) {
        int examined = Math.min(derived.size(), MOST_NEW_COLUMNS);
        return examine(derived.subList(0, examined), rows).map(answers -> {
            List<Finding> findings = withNewColumns(answers, modification, counting);
            if (examined < derived.size()) {
                findings.add(RowFindings.tooManyNewColumns(examined, derived.size() - examined));
            }
            return findings;
        });
    }

    private Future<List<Answer>> examine(List<Expectation> some, RowExamination rows) {
        if (some.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<String> tables = new Expectations(some, List.of()).tables();
        return Catalog.read(visit, tables)
                .compose(catalog -> rows.examine(Binding.of(new Expectations(some, List.of()), catalog)))
                .map(answers -> answers.stream()
                        .map(ModificationExamination::undeclared)
                        .toList());
    }

    /** Nobody declared that the column must be filled, so a gap is a question and not yet an error. */
    private static Answer undeclared(Answer answer) {
        return answer.judgement()
                .filter(judgement -> judgement.kind() == Judgement.Kind.MISSED)
                .map(judgement -> answer.with(ExpectationFindings.newColumnNotFilled(answer, judgement)))
                .orElse(answer);
    }
}
