package dev.allclear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every check owes its host and the people who read it; the numbers are those of {@link Checker}. A check of one's own extends
 * this, says what a good and a bad migration look like to it, and passes.
 *
 * <p>The subclass registers the {@link PostgresExtension} that it hands over: {@code @RegisterExtension static final}.
 */
public abstract class CheckerContract {
    private static final Duration NO_HURRY = Duration.ofSeconds(50);
    private static final Duration HURRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final CheckerModule module;
    private final PostgresExtension postgres;
    private final List<Checker> checkers = new ArrayList<>();
    private final ContractRun run;

    protected CheckerContract(CheckerModule module, PostgresExtension postgres) {
        this.module = module;
        this.postgres = postgres;
        this.run = new ContractRun(module.name());
    }

    /** Lays out the tables, in an empty database. */
    protected abstract void scene() throws Exception;

    /** A migration to which this check has no objection. */
    protected abstract void migrateWell() throws Exception;

    /** A migration that this check must fail. */
    protected abstract void migrateBadly() throws Exception;

    /** Every finding code that the check may use; the host's own, such as {@code CHECK.timed-out}, need not be named. */
    protected abstract Set<String> codes();

    /** YAML under {@code databases.shop}, for short waits. */
    protected String settings() {
        return "";
    }

    /** What the publisher says about both migrations. */
    protected MigrationDescription description() {
        return MigrationDescription.NOTHING_SAID;
    }

    /** The check's surroundings, where what it asks is at this address ({@code host:port}), at which nobody answers. */
    protected Parts partsAgainst(String address) {
        return postgres.partsAt("postgresql://" + PostgresExtension.ROLE + "@" + address + "/shop", settings());
    }

    @BeforeEach
    final void layOutTheScene() throws Exception {
        postgres.startAfresh();
        scene();
    }

    /** Guarantee 9: what a check opened is closed when it is, at the latest. */
    @AfterEach
    final void leavesNoSessionOpen() {
        checkers.forEach(Checker::close);

        Awaitility.await("sessions of the check to end")
                .atMost(Duration.ofSeconds(10))
                .until(() -> postgres.sessionsOf(PostgresExtension.ROLE) == 0);
    }

    /** Guarantees 2 and 5: asked twice it says the same twice, and it never holds up the context. */
    @Test
    protected void passesTheGoodMigration_andSaysTheSameWhenAskedAgain() throws Exception {
        HeartbeatProbe pulse = new HeartbeatProbe(postgres.vertx());
        Checker checker = checker(parts());
        Baseline first = postgres.await(pulse.call(() -> checker.before(run.started(description()), run.context())));
        Baseline again = postgres.await(pulse.call(() -> checker.before(run.started(description()), run.context())));
        migrateWell();

        CheckReport report = postgres.await(
                pulse.call(() -> checker.after(run.completed(description()), Optional.of(first), run.context())));
        CheckReport repeated = postgres.await(
                pulse.call(() -> checker.after(run.completed(description()), Optional.of(again), run.context())));

        judge(report);
        judge(repeated);
        assertThat(report.outcome()).as("%s", report.findings()).isIn(Outcome.PASSED, Outcome.NOT_APPLICABLE);
        assertThat(repeated.outcome()).as("%s", repeated.findings()).isEqualTo(report.outcome());
        assertThat(gist(repeated)).isEqualTo(gist(report));
        assertThat(again.isNone()).isEqualTo(first.isNone());
        assertThat(pulse.longestPause()).as("the check blocks its context").isLessThan(LONGEST_PAUSE);
    }

    /** Guarantees 3 and 7: "before" is written down and read by another process, which takes the observation up. */
    @Test
    protected void failsTheBadMigration_alsoAfterARestart() throws Exception {
        Checker gone = checker(parts());
        Baseline measured = run.throughTheWire(postgres.await(gone.before(run.started(description()), run.context())));
        gone.close();
        Checker checker = checker(parts());
        checker.resume(run.started(description()), Optional.of(measured), run.context());
        migrateBadly();

        CheckReport report =
                postgres.await(checker.after(run.completed(description()), Optional.of(measured), run.context()));
        CheckReport repeated =
                postgres.await(checker.after(run.completed(description()), Optional.of(measured), run.context()));

        judge(report);
        judge(repeated);
        assertThat(report.outcome()).as("%s", report.findings()).isEqualTo(Outcome.FAILED);
        assertThat(gist(repeated)).isEqualTo(gist(report));
        assertThat(report.findings().stream().filter(finding -> finding.severity() == Severity.ERROR))
                .allMatch(finding -> codes().contains(finding.code().value()));
    }

    /** Guarantee 6: what could not be asked is UNPROVEN, in a sentence, and neither a PASS nor a crash. */
    @Test
    protected void isInconclusive_whenWhatItAsksCannotBeReached() {
        Parts parts = partsAgainst("127.0.0.1:1");
        try (TestHost host = new TestHost(module.create(parts), parts, HURRY)) {
            host.announce(run.started(ContractRun.withoutWaits(description())));

            CheckReport report = host.complete(run.completed(ContractRun.withoutWaits(description())));

            judge(report);
            assertThat(report.outcome()).as("%s", report.findings()).isEqualTo(Outcome.INCONCLUSIVE);
        }
    }

    /** Guarantees 4 and 6: when time is up the answer is UNPROVEN, and what was under way is cancelled. */
    @Test
    protected void isInconclusive_andLetsGo_whenTimeIsUp() {
        try (Tarpit silent = new Tarpit()) {
            Parts parts = partsAgainst(silent.address());
            try (TestHost host = new TestHost(module.create(parts), parts, HURRY)) {
                BaselineCaptured baseline = host.announce(run.started(ContractRun.withoutWaits(description())));

                CheckReport report = host.complete(run.completed(ContractRun.withoutWaits(description())));

                judge(report);
                assertThat(report.outcome()).as("%s", report.findings()).isEqualTo(Outcome.INCONCLUSIVE);
                assertThat(baseline.status()).isIn(BaselineStatus.FAILED, BaselineStatus.NONE);
            }
            Awaitility.await("connections to be closed")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> silent.open() == 0);
        }
    }

    /** Guarantee 8: a run that is forgotten is let go, at once or later, known or not, once or twice. */
    @Test
    protected void letsGoOfARunThatIsForgotten() {
        Checker checker = checker(parts());
        postgres.await(checker.before(run.started(description()), run.context()));

        checker.forget(PostgresExtension.NAME, run.id());
        checker.forget(PostgresExtension.NAME, run.id());
        checker.forget(PostgresExtension.NAME, new RunId("never-heard-of"));

        Awaitility.await("sessions of the check to end")
                .atMost(Duration.ofSeconds(10))
                .until(() -> postgres.sessionsOf(PostgresExtension.ROLE) == 0);
    }

    /** Guarantee 6: an event is data from strangers, and no text of theirs brings a check down. */
    @Test
    protected void isNotBroughtDown_byAHostileEvent() throws Exception {
        String evil = "x'; drop table orders; --\u0000\u202e<script>${jndi:ldap://x}\\";
        MigrationDescription hostile = new DescriptionBuilder()
                .targets(evil, "")
                .tables(evil, "\"", "a.b.c.d")
                .application(evil)
                .expectations(List.of(Map.of(evil, evil), Map.of("table", evil, "rows", "unchanged")))
                .applicationNames(evil)
                .change(evil)
                .logWatch(Duration.ofSeconds(1))
                .build();
        Parts parts = parts();
        try (TestHost host = new TestHost(module.create(parts), parts, NO_HURRY)) {
            host.announce(run.started(hostile));
            migrateWell();

            CheckReport report = host.complete(run.completed(hostile));

            judge(report);
        }
    }

    /** The check with its settings for short waits. */
    protected final Parts parts() {
        return postgres.parts(settings());
    }

    private Checker checker(Parts parts) {
        Checker checker = module.create(parts);
        parts.config().mistakes().throwIfAny();
        assertThat(checker.name()).isEqualTo(module.name());
        checkers.add(checker);
        return checker;
    }

    private void judge(CheckReport report) {
        Set<String> allowed = new TreeSet<>(codes());
        Arrays.stream(DatabaseFailure.Kind.values())
                .forEach(kind -> allowed.add(module.name() + "." + kind.codeSuffix()));
        assertThat(report.run()).isEqualTo(run.id());
        assertThat(report.database()).isEqualTo(PostgresExtension.NAME);
        assertThat(report.check()).isEqualTo(module.name());
        assertThat(report.summary()).isNotBlank();
        assertThat(report.findings().stream().map(finding -> finding.code().value()))
                .as("only declared codes: %s", report.findings())
                .isSubsetOf(allowed);
    }

    /** What must be the same when it is asked again; words may name times. */
    private static List<String> gist(CheckReport report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map((Finding finding) -> finding.severity() + " " + finding.code() + " " + finding.subject())
                .sorted()
                .toList();
    }
}
