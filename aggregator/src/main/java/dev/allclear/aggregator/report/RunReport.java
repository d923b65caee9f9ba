package dev.allclear.aggregator.report;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Cost;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A judged run as people are to read it: the one model of every report.
 *
 * @param checks the checks' whole answers, as far as they are at hand; where one is missing the verdict's brief stands in
 */
public record RunReport(
        Verdict verdict,
        List<CheckReport> checks,
        Optional<MigrationStarted> started,
        Optional<MigrationCompleted> completed) {
    public RunReport {
        checks = checks.stream()
                .filter(report -> report.run().equals(verdict.run()))
                .sorted(Comparator.comparing(CheckReport::check))
                .toList();
    }

    /** One section for every check that was required or answered: the built-in ones in the order in which people ask, then others. */
    public List<CheckSection> sections() {
        TreeSet<CheckName> names = new TreeSet<>(verdict.missing());
        verdict.checks().forEach(check -> names.add(check.check()));
        return names.stream().map(this::section).toList();
    }

    private CheckSection section(CheckName name) {
        Optional<CheckVerdict> brief = verdict.checks().stream()
                .filter(check -> check.check().equals(name))
                .findFirst();
        if (brief.isEmpty()) {
            return CheckSection.missing(name, verdict.isFinal());
        }
        return CheckSection.of(brief.get(), wholeOf(brief.get()));
    }

    /** The answer that the verdict's brief stands for: of several the latest with the same outcome. */
    Optional<CheckReport> wholeOf(CheckVerdict brief) {
        return checks.stream()
                .filter(report -> report.check().equals(brief.check())
                        && (report.outcome() == brief.outcome() || CheckSection.isWaived(brief)))
                .max(Comparator.comparing(CheckReport::completedAt));
    }

    /** "Safe to keep", "Action needed" or "Not proven". */
    public String headline() {
        return Wording.headline(verdict.decision());
    }

    /** Why it was decided so, where several findings join. */
    public List<Diagnosis> causes() {
        return verdict.causes();
    }

    /** What joins only findings that object to nothing (warnings, advisory or waived ones): something to look at, not a damage. */
    public List<Diagnosis> worthALook() {
        return verdict.diagnosis().stream()
                .filter(joined -> !verdict.decides(joined))
                .toList();
    }

    /** Everything that could not be answered, with the reasons of the pipeline itself; the same words once, whoever said them. */
    public List<Finding> notProven() {
        List<Finding> all = new ArrayList<>();
        verdict.reasons().stream()
                .filter(reason -> reason.code().value().startsWith("pipeline."))
                .filter(reason -> reason.severity() == Severity.UNPROVEN)
                .forEach(all::add);
        sections().forEach(section -> section.findings().stream()
                .filter(finding -> finding.severity() == Severity.UNPROVEN)
                .forEach(all::add));
        Set<String> said = new HashSet<>();
        return all.stream()
                .filter(finding -> said.add(finding.code().value() + " " + finding.message()))
                .toList();
    }

    /** What the pipeline has to remark that changes nothing. */
    public List<Finding> remarks() {
        return verdict.reasons().stream()
                .filter(reason -> reason.code().value().startsWith("pipeline."))
                .filter(reason -> reason.severity() != Severity.UNPROVEN)
                .toList();
    }

    /** What all checks together cost the database. */
    public Cost cost() {
        return sections().stream().map(CheckSection::cost).reduce(Cost.NONE, Cost::plus);
    }

    /** Tool and target versions, as the publisher named them; empty where it named none. */
    public String migration() {
        MigrationDescription said = completed
                .map(MigrationCompleted::description)
                .or(() -> started.map(MigrationStarted::description))
                .orElse(MigrationDescription.NOTHING_SAID);
        String tool = said.tool().orElse("");
        String targets = String.join(", ", said.targetVersions());
        return tool.isEmpty() || targets.isEmpty() ? tool + targets : tool + " → " + targets;
    }

    /** When the migration was over, and how long it took where its start was announced. */
    Optional<String> ran() {
        return completed.map(event -> started.map(MigrationStarted::startedAt)
                        .filter(start -> !start.isAfter(event.completedAt()))
                        .map(start -> Quantity.time(Duration.between(start, event.completedAt())) + ", until ")
                        .orElse("until ")
                + Moment.of(event.completedAt()));
    }

    /** What the command itself claimed, such as {@code exit code 0}. */
    public Optional<String> claim() {
        return completed.flatMap(
                event -> event.exitCode().map(code -> "exit code " + code).or(() -> event.outcome()
                        .map(outcome -> "reported " + outcome)));
    }
}
