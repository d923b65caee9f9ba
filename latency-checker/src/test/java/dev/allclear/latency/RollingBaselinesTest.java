package dev.allclear.latency;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.RunId;
import dev.allclear.service.Parts;
import dev.allclear.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RollingBaselinesTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final Instant FAR_FUTURE = Instant.parse("2999-01-01T00:00:00Z");
    private static final RunId RUN = new RunId("run-1");

    private final Parts parts = postgres.parts("");
    private final LatencySettings settings = new LatencySettings(
            java.util.List.of(LatencyQuery.planned("of-customer", "select * from orders where customer_id = 42")),
            0,
            false,
            Duration.ZERO,
            Duration.ofHours(1));
    private final RollingBaselines rolling = new RollingBaselines(parts.vertx(), parts.databases(), parts.clock());
    private final LatencyChecker checker =
            new LatencyChecker(parts.vertx(), parts.databases(), Map.of(PostgresExtension.NAME, settings), rolling);

    @BeforeEach
    void restoreOrders() {
        postgres.execute(
                "drop table if exists orders",
                "create table orders as select i as id, i % 10000 as customer_id, repeat('x', 60) as note"
                        + " from generate_series(1, 100000) i",
                "create index orders_customer_idx on orders (customer_id)",
                "vacuum analyze orders");
    }

    @Test
    void standsInForABaselineThatNobodyAnnounced() {
        measured();
        postgres.execute("drop index orders_customer_idx");

        CheckReport report = completed(FAR_FUTURE);

        assertThat(report).failed().withFinding("latency.plan-regressed").saying("no longer exists");
    }

    @Test
    void isNotUsed_whenItIsYoungerThanTheMigration() {
        measured();

        CheckReport report = completed(Instant.EPOCH);

        assertThat(report).inconclusive().withFinding("latency.no-baseline");
    }

    @Test
    void isUsedForOneRun_sinceWhatWasBeforeOneMigrationIsNotBeforeTheNext() {
        measured();

        assertThat(completed(FAR_FUTURE)).passed();
        assertThat(completed(FAR_FUTURE)).passed();
        checker.forget(PostgresExtension.NAME, RUN);
        assertThat(completed(FAR_FUTURE)).inconclusive().withFinding("latency.no-baseline");
    }

    @Test
    void measuresNothing_whileARunIsGoingOn() {
        rolling.begin(PostgresExtension.NAME, RUN, Instant.now());

        postgres.await(rolling.measure(PostgresExtension.NAME, settings));

        Assertions.assertThat(rolling.end(PostgresExtension.NAME, RUN)).isEmpty();
    }

    /** After a day the host forgets a run that is not over, and the database is measured again: in the middle of it. */
    @Test
    void isNotUsed_whenItWasMeasuredAfterTheRunHadBeenAnnounced() {
        MigrationStarted started =
                new MigrationStarted(RUN, PostgresExtension.NAME, Instant.now(), MigrationDescription.NOTHING_SAID);
        postgres.await(checker.before(started, postgres.context(RUN, CheckName.LATENCY)));
        postgres.execute("drop index orders_customer_idx");
        checker.forget(PostgresExtension.NAME, RUN);
        measured();

        assertThat(completed(FAR_FUTURE)).inconclusive().withFinding("latency.no-baseline");
    }

    /** Another instance, which knew nothing of the run, has measured meanwhile. */
    @Test
    void isNotUsed_whenTheRunIsTakenUpFromAnInstanceThatHadNoBaselineOfIt() {
        MigrationStarted started =
                new MigrationStarted(RUN, PostgresExtension.NAME, Instant.now(), MigrationDescription.NOTHING_SAID);
        postgres.execute("drop index orders_customer_idx");
        measured();
        checker.resume(started, Optional.empty(), postgres.context(RUN, CheckName.LATENCY));

        assertThat(completed(FAR_FUTURE)).inconclusive().withFinding("latency.no-baseline");
    }

    private void measured() {
        postgres.await(rolling.measure(PostgresExtension.NAME, settings));
    }

    private CheckReport completed(Instant at) {
        return postgres.await(new LatencyScene(postgres, checker).answer(Optional.empty(), at));
    }
}
