package dev.allclear.acceptance.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@link LatencyCampaign}. */
final class LatencyCampaignTest {
    @Test
    void neverFailsWhatHasNotChanged_andFindsWhatReadsTenTimesTheRows_underAnotherLoad() throws Exception {
        try (LatencyLab lab = new LatencyLab();
                Workers application = Workers.application(lab, 1, 20);
                Workers other = Workers.otherLoad(lab)) {
            List<Verification> unchanged = LatencyCampaign.unchanged(lab, 3);
            List<Verification> slower = LatencyCampaign.slower(lab, 10, 2);

            assertThat(unchanged).allSatisfy(one -> assertThat(one.errors()).isEmpty());
            assertThat(slower).allSatisfy(one -> assertThat(one.fails())
                    .as("%s", one.report().measurements())
                    .isTrue());
            assertThat(application.calls()).as("calls of the application").isPositive();
            assertThat(other.calls()).as("calls of the other load").isPositive();
        }
    }
}
