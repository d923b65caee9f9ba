package dev.allclear.status;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.RunId;
import dev.allclear.service.Parts;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** One run of a migration under the status check: before, the migration, after. The baseline travels as JSON, as it does on the wire. */
final class Rehearsal {
    static final String QUICKLY = "status:\n  settle: 50ms";
    static final RunId RUN = new RunId("run-1");

    private final PostgresExtension postgres;
    private final DescriptionBuilder said = new DescriptionBuilder();
    private Parts parts;
    private Optional<Integer> exitCode = Optional.of(0);
    private Optional<MigrationOutcome> outcome = Optional.empty();
    private boolean withBaseline = true;
    private boolean awaited = true;

    Rehearsal(PostgresExtension postgres) {
        this.postgres = postgres;
        this.parts = postgres.parts(QUICKLY);
    }

    Rehearsal with(Parts own) {
        parts = own;
        return this;
    }

    Rehearsal tool(String name) {
        said.tool(name);
        return this;
    }

    Rehearsal targets(String... versions) {
        said.targets(versions);
        return this;
    }

    Rehearsal dataChanging() {
        said.dataChanging(true);
        return this;
    }

    Rehearsal exitCode(int code) {
        exitCode = Optional.of(code);
        return this;
    }

    Rehearsal withoutExitCode() {
        exitCode = Optional.empty();
        return this;
    }

    Rehearsal outcome(MigrationOutcome reported) {
        outcome = Optional.of(reported);
        return this;
    }

    Rehearsal sessions(SessionHints hints) {
        said.sessions(hints);
        return this;
    }

    Rehearsal withoutBaseline() {
        withBaseline = false;
        return this;
    }

    /** The publisher does not say that it waited for "before". */
    Rehearsal notAwaited() {
        awaited = false;
        return this;
    }

    /** As {@link #run}, but the migration has run already when "before" is measured. */
    CheckReport runTooEarly(Callable<String> migration) throws Exception {
        return runHalfTooEarly(migration, () -> "");
    }

    /** As {@link #run}, but the migration's first half has run already when "before" is measured. */
    CheckReport runHalfTooEarly(Callable<String> firstHalf, Callable<String> secondHalf) throws Exception {
        Checker checker = new StatusCheckerModule().create(parts);
        Instant startedAt = Clock.systemUTC().instant();
        String output = firstHalf.call();
        Baseline late = before(checker, startedAt);
        output += secondHalf.call();
        return postgres.await(checker.after(completed(output), Optional.of(late), context()));
    }

    /** Runs the migration, which returns what the tool printed. */
    CheckReport run(Callable<String> migration) throws Exception {
        Checker checker = new StatusCheckerModule().create(parts);
        parts.config().mistakes().throwIfAny();
        Optional<Baseline> baseline = withBaseline ? Optional.of(before(checker)) : Optional.empty();
        String output = migration.call();
        return postgres.await(checker.after(completed(output), baseline, context()));
    }

    Baseline before(Checker checker) {
        return before(checker, Clock.systemUTC().instant());
    }

    private Baseline before(Checker checker, Instant startedAt) {
        MigrationStarted started = new MigrationStarted(RUN, PostgresExtension.NAME, startedAt, said.build());
        Baseline baseline = postgres.await(checker.before(started, context()));
        Map<String, Object> travelled = Json.parse(Json.write(baseline.content()));
        return new Baseline(travelled, baseline.databaseClock());
    }

    MigrationCompleted completed(String output) {
        MigrationCompleted completed = new MigrationCompleted(
                RUN,
                PostgresExtension.NAME,
                Clock.systemUTC().instant(),
                exitCode,
                outcome,
                Optional.of(output),
                said.build());
        return awaited ? completed.havingAwaited(Set.of(CheckName.STATUS)) : completed;
    }

    CheckContext context() {
        return postgres.context(RUN, CheckName.STATUS);
    }
}
