package dev.allclear.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
    @Test
    void isFailed_whenOneFindingIsAnErrorAmongOthers() {
        Outcome outcome = Outcome.of(List.of(finding(Severity.UNPROVEN), finding(Severity.ERROR)));

        assertThat(outcome).isEqualTo(Outcome.FAILED);
    }

    @Test
    void isInconclusive_whenSomethingIsUnproven() {
        Outcome outcome = Outcome.of(List.of(finding(Severity.WARNING), finding(Severity.UNPROVEN)));

        assertThat(outcome).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void isPassed_whenThereAreOnlyWarnings() {
        Outcome outcome = Outcome.of(List.of(finding(Severity.WARNING), finding(Severity.INFO)));

        assertThat(outcome).isEqualTo(Outcome.PASSED);
    }

    private static Finding finding(Severity severity) {
        return Finding.of(new FindingCode("test.finding"), severity, "public.orders", "public.orders: something");
    }
}
