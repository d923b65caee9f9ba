package dev.allclear.testkit;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on a check's report: {@code assertThat(report).failed().withFinding("rows.mismatch").about("public.orders")}. */
public final class ReportAssert extends AbstractAssert<ReportAssert, CheckReport> {
    private List<Finding> chosen;

    private ReportAssert(CheckReport report) {
        super(report, ReportAssert.class);
        this.chosen = report.findings();
    }

    public static ReportAssert assertThat(CheckReport report) {
        return new ReportAssert(report);
    }

    public ReportAssert passed() {
        return answered(Outcome.PASSED);
    }

    public ReportAssert failed() {
        return answered(Outcome.FAILED);
    }

    public ReportAssert inconclusive() {
        return answered(Outcome.INCONCLUSIVE);
    }

    public ReportAssert notApplicable() {
        return answered(Outcome.NOT_APPLICABLE);
    }

    /** From here on, about the findings with this code, of which there must be one. */
    public ReportAssert withFinding(String code) {
        chosen = actual.findings().stream()
                .filter(finding -> finding.code().value().equals(code))
                .toList();
        Assertions.assertThat(chosen)
                .as("findings %s among %s", code, actual.findings())
                .isNotEmpty();
        return this;
    }

    public ReportAssert withoutFinding(String code) {
        Assertions.assertThat(actual.findings())
                .as("no finding %s", code)
                .noneMatch(finding -> finding.code().value().equals(code));
        return this;
    }

    public ReportAssert withSeverity(Severity severity) {
        Assertions.assertThat(chosen).as("severity %s", severity).anyMatch(finding -> finding.severity() == severity);
        return this;
    }

    public ReportAssert about(String subject) {
        Assertions.assertThat(chosen).as("about %s", subject).anyMatch(finding -> finding.subject()
                .equals(subject));
        return this;
    }

    public ReportAssert saying(String... parts) {
        Assertions.assertThat(chosen)
                .as("a message with %s", List.of(parts))
                .anyMatch(finding -> List.of(parts).stream().allMatch(finding.message()::contains));
        return this;
    }

    public ReportAssert withRemedy(String part) {
        Assertions.assertThat(chosen).as("a remedy with %s", part).anyMatch(finding -> finding.remedy()
                .filter(remedy -> remedy.contains(part))
                .isPresent());
        return this;
    }

    private ReportAssert answered(Outcome outcome) {
        Assertions.assertThat(actual.outcome())
                .as("outcome of %s with findings %s", actual.check(), actual.findings())
                .isEqualTo(outcome);
        return this;
    }
}
