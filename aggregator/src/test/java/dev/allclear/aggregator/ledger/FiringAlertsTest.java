package dev.allclear.aggregator.ledger;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.CheckName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiringAlertsTest {
    private static final Policy POLICY = new Policy(
            Set.of(CheckName.STATUS),
            Set.of(),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofHours(24));

    @Test
    void firesOncePerRunAndCause_andALaterPassOfTheChangeResolves() {
        FiringAlerts.Change fired = after(FiringAlerts.NONE, "r1", "12", Outcome.FAILED, T0);
        FiringAlerts.Change again = after(fired.alerts(), "r1", "12", Outcome.FAILED, T0);
        FiringAlerts.Change otherChange = after(fired.alerts(), "r2", "13", Outcome.PASSED, T0.plusSeconds(60));
        FiringAlerts.Change retried = after(fired.alerts(), "r3", "12", Outcome.PASSED, T0.plusSeconds(90));

        assertThat(fired.events()).singleElement().isInstanceOfSatisfying(AlertFiring.class, firing -> {
            assertThat(firing.alert().severity()).isEqualTo(AlertSeverity.CRITICAL);
            assertThat(firing.alert().alertId()).isEqualTo("shop/r1/fail");
        });
        assertThat(again.events()).isEmpty();
        assertThat(otherChange.events()).isEmpty();
        assertThat(retried.events()).singleElement().isInstanceOfSatisfying(AlertResolved.class, resolved -> assertThat(
                        resolved.alert().alertId())
                .isEqualTo("shop/r1/fail"));
        assertThat(retried.alerts().entries()).isEmpty();
    }

    @Test
    void keepsFiring_whenThePassBelongsToAnEarlierRun() {
        FiringAlerts.Change fired = after(FiringAlerts.NONE, "r2", "12", Outcome.FAILED, T0.plusSeconds(60));

        FiringAlerts.Change late = after(fired.alerts(), "r1", "12", Outcome.PASSED, T0);

        assertThat(late.events()).isEmpty();
        assertThat(late.alerts()).isEqualTo(fired.alerts());
    }

    @Test
    void firesAWarningWhenNothingIsProven_whichALaterFailureOfTheRunReplaces() {
        FiringAlerts.Change warned = after(FiringAlerts.NONE, "r1", "12", Outcome.INCONCLUSIVE, T0);
        FiringAlerts.Change failed = after(warned.alerts(), "r1", "12", Outcome.FAILED, T0);

        assertThat(warned.events()).singleElement().isInstanceOfSatisfying(AlertFiring.class, firing -> assertThat(
                        firing.alert().severity())
                .isEqualTo(AlertSeverity.WARNING));
        assertThat(failed.events()).hasExactlyElementsOfTypes(AlertResolved.class, AlertFiring.class);
        assertThat(failed.alerts().entries()).hasSize(1);
    }

    private static FiringAlerts.Change after(
            FiringAlerts alerts, String run, String target, Outcome outcome, Instant at) {
        Step step = RunLedger.of(SHOP, new RunId(run), at)
                .completed(Samples.completed(run, Optional.empty(), target), RunWindows.NONE, at, POLICY)
                .ledger()
                .answered(Samples.report(run, CheckName.STATUS, outcome), "a", at, POLICY);
        return alerts.after(step.verdict().orElseThrow(), step.ledger());
    }
}
