package dev.allclear.acceptance.locks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short form of {@link LockBench}. */
final class LockCampaignTest {
    private static Shop shop;
    private static Campaign campaign;

    @BeforeAll
    static void start() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the campaign: " + seed);
        shop = new Shop(LockBench.SETTINGS);
        campaign = new Campaign(shop, seed);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void saysNothing_aboutMigrationsThatLeaveNothing_underLoad() throws Exception {
        assertThat(campaign.falseAlarms(8)).isEmpty();
    }

    @Test
    void findsEveryKindOfLeftover_underLoad() throws Exception {
        assertThat(campaign.found(1))
                .hasSize(Leftover.values().length)
                .allSatisfy((kind, times) -> assertThat(times).as(kind.name()).isEqualTo(1));
    }

    @Test
    void measuresHoldsWithinATenth() throws Exception {
        List<Double> errors = HoldTimes.errors(shop, 4, 1);

        assertThat(errors.get(errors.size() / 2)).isLessThan(0.1);
    }

    @Test
    void costsNextToNothing_andSaysNoLessThanThat() throws Exception {
        CostOfLooking cost = CostOfLooking.measure(shop, 1, 5);

        assertThat(cost.connections()).isGreaterThanOrEqualTo(90);
        assertThat(cost.locks()).isGreaterThanOrEqualTo(1_500);
        assertThat(cost.share()).isLessThan(0.02).isLessThanOrEqualTo(cost.reportedShare());
    }
}
